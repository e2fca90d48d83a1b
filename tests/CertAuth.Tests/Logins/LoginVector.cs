namespace CertAuth.Tests.Logins;

/// <summary>One login that a real server decided.</summary>
/// <param name="Id">The id of the row.</param>
/// <param name="Require">The REQUIRE clause as it was sent in SQL.</param>
/// <param name="Cert">A file of <c>certs/</c> with the leaf and the intermediate certificates that were sent; null for no
/// certificate.</param>
/// <param name="Tls">The requested TLS version; <c>off</c> for no TLS, null for the default.</param>
/// <param name="ClientCipher">The requested cipher suite; null for the default.</param>
/// <param name="ShowCreateUser">The account as the server printed it; null if the server rejected the clause.</param>
/// <param name="Result"><c>allow</c>, <c>deny</c>, or <c>sql_error</c> if the server rejected the clause.</param>
/// <param name="Session">The user, cipher suite and TLS version of an accepted login.</param>
internal sealed record LoginVector(
    string Id,
    string Require,
    string? Cert,
    string? Tls,
    string? ClientCipher,
    string? ShowCreateUser,
    string Result,
    IReadOnlyList<string>? Session)
{
    internal bool IsAccepted => Result == "allow";

    /// <summary>Gets the clause that the server enforced: that of the row, or the one that ALTER USER or GRANT set.</summary>
    internal string EffectiveClause
    {
        get
        {
            bool wasAltered = Id.StartsWith("alter-", StringComparison.Ordinal) || Id == "grant-require";
            if (!wasAltered)
                return Require;

            string account = ShowCreateUser!;
            int start = account.IndexOf(" REQUIRE ", StringComparison.Ordinal);
            if (start < 0)
                return "NONE";
            int end = account.IndexOf(" PASSWORD EXPIRE", start, StringComparison.Ordinal);
            return end < 0 ? account[start..] : account[start..end];
        }
    }

    /// <summary>Returns a value of <see cref="Session"/>, such as <c>Ssl_cipher</c>; null if it is unknown.</summary>
    internal string? GetStatus(string name) =>
        Session?.FirstOrDefault(row => row.StartsWith(name + "\t", StringComparison.Ordinal))?[(name.Length + 1)..];
}
