using CertAuth.Tests.Support;
using FluentAssertions;

namespace CertAuth.EndToEnd.Tests.Replay;

/// <summary>A login with an intended verdict that differs from MariaDB's.</summary>
/// <param name="Verdict">The verdict of CertAuth: <c>accepted</c>, <c>rejected</c>, or <c>invalid</c> if the clause cannot be
/// parsed.</param>
/// <param name="Reason">The rule of CertAuth that causes the difference.</param>
internal sealed record ReplayException(string Verdict, string Reason)
{
    internal const string Accepted = "accepted", Rejected = "rejected", Invalid = "invalid";

    internal static IReadOnlyDictionary<string, ReplayException> All { get; } = Load();

    // Tab-separated: ID, verdict, reason. The first line is the heading.
    private static Dictionary<string, ReplayException> Load()
    {
        string path = Path.Combine(SharedFiles.RepositoryRoot, "tests", "CertAuth.EndToEnd.Tests", "Replay", "exceptions.tsv");
        Dictionary<string, ReplayException> exceptions = [];
        foreach (string line in System.IO.File.ReadLines(path).Skip(1))
        {
            string[] columns = line.Split('\t');
            (columns is [_, Accepted or Rejected or Invalid, { Length: > 10 }]).Should().BeTrue(line);
            exceptions.Add(columns[0], new(columns[1], columns[2]));
        }

        return exceptions;
    }
}
