using CertAuth.Tests.Support;
using FluentAssertions;

namespace CertAuth.EndToEnd.Tests.Replay;

/// <summary>A login that ends otherwise here than at MariaDB, on purpose.</summary>
/// <param name="Ours">Our verdict: <c>allow</c>, <c>deny</c>, or <c>refused</c> where the account cannot be made.</param>
/// <param name="Reason">Why, in the specification's terms.</param>
internal sealed record ReplayException(string Ours, string Reason)
{
    internal const string Allow = "allow", Deny = "deny", Rejected = "refused";

    internal static IReadOnlyDictionary<string, ReplayException> All { get; } = Load();

    // id, our verdict, reason; tabs between, the first line the heading.
    private static Dictionary<string, ReplayException> Load()
    {
        string path = Path.Combine(SharedFiles.RepositoryRoot, "tests", "CertAuth.EndToEnd.Tests", "Replay", "exceptions.tsv");
        Dictionary<string, ReplayException> exceptions = [];
        foreach (string line in System.IO.File.ReadLines(path).Skip(1))
        {
            string[] columns = line.Split('\t');
            (columns is [_, Allow or Deny or Rejected, { Length: > 10 }]).Should().BeTrue(line);
            exceptions.Add(columns[0], new(columns[1], columns[2]));
        }

        return exceptions;
    }
}
