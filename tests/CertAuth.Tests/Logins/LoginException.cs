namespace CertAuth.Tests.Logins;

/// <summary>A login on which the verdict of CertAuth deliberately differs from the server's.</summary>
/// <param name="Ours">The verdict of CertAuth, <c>allow</c> or <c>deny</c>.</param>
/// <param name="Reason">The reason for the difference.</param>
internal sealed record LoginException(string Ours, string Reason)
{
    private const string Both = "both";

    // Tab-separated: id, server (mariadb, mysql, both), verdict of CertAuth, reason.
    internal static Dictionary<(string Id, string Server), LoginException> Load()
    {
        Dictionary<(string, string), LoginException> exceptions = [];
        foreach (string[] columns in TsvFile.ReadRows("CertAuth.Tests/Logins/exceptions.tsv"))
        {
            (columns is [_, "mariadb" or "mysql" or Both, "allow" or "deny", { Length: > 10 }]).Should().BeTrue(columns[0]);
            foreach (string server in columns[1] == Both ? ["mariadb", "mysql"] : new[] { columns[1] })
                exceptions.Add((columns[0], server), new(columns[2], columns[3]));
        }

        return exceptions;
    }
}
