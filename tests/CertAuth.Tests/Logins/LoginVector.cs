namespace CertAuth.Tests.Logins;

/// <summary>One login that a real server was asked for.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Require">The clause as it was sent in SQL.</param>
/// <param name="Cert">A file of <c>certs/</c>: the leaf, then what was sent with it; null for no certificate.</param>
/// <param name="Tls">The version asked for, <c>off</c> for none, null for the default.</param>
/// <param name="ClientCipher">The cipher suite asked for; null for the default.</param>
/// <param name="ShowCreateUser">The account as the server printed it; null where the clause was refused.</param>
/// <param name="Result"><c>allow</c>, <c>deny</c>, or <c>sql_error</c> where the clause was refused.</param>
/// <param name="Session">Of an allowed login: who, cipher, version.</param>
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
    internal bool IsAllowed => Result == "allow";

    /// <summary>What the server enforced: the clause of the row, or the one that ALTER USER and GRANT left behind.</summary>
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

    /// <summary>A row of <see cref="Session"/>, such as <c>Ssl_cipher</c>; null where it isn't known.</summary>
    internal string? Status(string name) =>
        Session?.FirstOrDefault(row => row.StartsWith(name + "\t", StringComparison.Ordinal))?[(name.Length + 1)..];
}
