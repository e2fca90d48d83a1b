namespace CertAuth.EndToEnd.Tests.Replay;

/// <summary>A recorded login of the real client at MariaDB.</summary>
/// <param name="Id">The ID, which is also the name of the account in the replay.</param>
/// <param name="Require">The REQUIRE clause as sent in SQL.</param>
/// <param name="Cert">A file of <c>certs/</c> with the leaf and the other certificates sent; null for no certificate.</param>
/// <param name="Tls">The TLS version that the client requested; <c>off</c> for no TLS, null for the default.</param>
/// <param name="ClientCipher">The cipher suite that the client requested; null for the default.</param>
/// <param name="Result"><c>allow</c>, <c>deny</c>, or <c>sql_error</c> if MariaDB did not accept the clause.</param>
/// <param name="Error">The error that the client printed.</param>
/// <param name="Session">The user, cipher and version of a successful login.</param>
/// <param name="ServerLog">The lines of MariaDB's log.</param>
internal sealed record RecordedLogin(
    string Id,
    string Require,
    string? Cert,
    string? Tls,
    string? ClientCipher,
    string Result,
    string? Error,
    IReadOnlyList<string>? Session,
    IReadOnlyList<string>? ServerLog)
{
    // The outcome of these logins does not depend on the clause. The README of the vectors lists them.
    private static readonly string[] s_excluded =
        ["badpw", "nopw", "nouser", "locked", "alter-", "grant-require", "secure-transport", "crl-"];

    internal static VectorFile<RecordedLogin> File { get; } = new("mariadb-logins.json", login => login.Id);

    internal bool IsReplayed => !s_excluded.Any(start => Id.StartsWith(start, StringComparison.Ordinal));

    /// <summary>MariaDB's verdict in the terms of <see cref="ReplayException"/>.</summary>
    internal string ExpectedVerdict => Result switch
    {
        "allow" => ReplayException.Accepted,
        "deny" => ReplayException.Rejected,
        "sql_error" => ReplayException.Invalid,
        _ => throw new InvalidDataException($"The result '{Result}' is unknown."),
    };

    internal string Statement => $"CREATE USER '{Id}'@'%' REQUIRE {Require};";

    /// <summary>The client options for the TLS version and cipher suite.</summary>
    internal IEnumerable<string> Options
    {
        get
        {
            if (Tls is not (null or "off"))
                yield return $"--tls-version={Tls}";
            if (ClientCipher is not null)
                yield return $"--ssl-cipher={ClientCipher}";
        }
    }

    /// <summary>The rows of a successful session that the client's options determine.</summary>
    internal IEnumerable<string> FixedSession => (Session ?? []).Where(row =>
        (ClientCipher is not null && row.StartsWith("Ssl_cipher\t", StringComparison.Ordinal))
        || (Tls is not null && row.StartsWith("Ssl_version\t", StringComparison.Ordinal)));

    /// <summary>The reason in MariaDB's log; null if there is none.</summary>
    internal string? LoggedReason
    {
        get
        {
            string log = string.Join('\n', ServerLog ?? []);
            return log switch
            {
                _ when log.Contains("X509 ciphers mismatch", StringComparison.Ordinal) => "CipherMismatch",
                _ when log.Contains("X509 issuer mismatch", StringComparison.Ordinal) => "IssuerMismatch",
                _ when log.Contains("X509 subject mismatch", StringComparison.Ordinal) => "SubjectMismatch",
                _ => null,
            };
        }
    }
}
