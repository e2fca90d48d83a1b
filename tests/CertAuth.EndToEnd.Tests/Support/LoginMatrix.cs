namespace CertAuth.EndToEnd.Tests.Support;

/// <summary>The table <c>MariaDb/logins.tsv</c>: the outcome for each account, TLS version and certificate.</summary>
/// <remarks>The certificate <c>client</c> has the subject, <c>service1</c> the subject and the alternative name. <c>other</c> belongs to
/// another client of the same CA. <c>none</c> is no certificate.</remarks>
internal static class LoginMatrix
{
    private const int FirstOutcome = 3;
    private static readonly string[][] s_rows = TsvFile.ReadRows("CertAuth.EndToEnd.Tests/MariaDb/logins.tsv");

    internal static IReadOnlyDictionary<string, LoginCase> Cases { get; } = Read().ToDictionary(login => login.Id);

    /// <summary>Returns the statements of the accounts.</summary>
    /// <param name="issuer">The output of the documented command for the CA.</param>
    /// <param name="subject">The output of the documented command for the client's certificate.</param>
    internal static string WriteAccounts(string issuer, string subject) => string.Join('\n', s_rows[1..]
        .Select(row => $"CREATE USER '{row[0]}'@'%' {row[1].Replace("{issuer}", issuer).Replace("{subject}", subject)};")
        .Distinct());

    private static IEnumerable<LoginCase> Read() =>
        from row in s_rows[1..]
        from tls in row[2].Split(' ')
        from column in Enumerable.Range(FirstOutcome, s_rows[0].Length - FirstOutcome)
        where row[column] != "-"
        select new LoginCase(row[0], s_rows[0][column], tls, row[column]);
}
