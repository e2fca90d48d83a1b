using CertAuth.Tests.Support;
using FluentAssertions;

namespace CertAuth.Tests.Logins;

/// <summary>A login on which we and the server differ on purpose.</summary>
/// <param name="Ours">Our verdict, <c>allow</c> or <c>deny</c>.</param>
/// <param name="Reason">Why, in the specification's terms.</param>
internal sealed record LoginException(string Ours, string Reason)
{
    private const string Both = "both";

    // id, server (mariadb, mysql, both), our verdict, reason; tabs between, the first line the heading.
    internal static Dictionary<(string Id, string Server), LoginException> Load()
    {
        Dictionary<(string, string), LoginException> exceptions = [];
        string path = Path.Combine(SharedFiles.RepositoryRoot, "tests", "CertAuth.Tests", "Logins", "exceptions.tsv");
        foreach (string line in File.ReadLines(path).Skip(1))
        {
            string[] columns = line.Split('\t');
            (columns is [_, "mariadb" or "mysql" or Both, "allow" or "deny", { Length: > 10 }]).Should().BeTrue(line);
            foreach (string server in columns[1] == Both ? ["mariadb", "mysql"] : new[] { columns[1] })
                exceptions.Add((columns[0], server), new(columns[2], columns[3]));
        }

        return exceptions;
    }
}
