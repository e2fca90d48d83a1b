using CertAuth.Tests.Support;

namespace CertAuth.EndToEnd.Tests.Replay;

/// <summary>A login that the real client asked MariaDB for.</summary>
/// <param name="Id">Its id; the account has that name here.</param>
/// <param name="Require">The clause as it was sent in SQL.</param>
/// <param name="Cert">A file of <c>certs/</c>: the leaf, then what was sent with it; null for no certificate.</param>
/// <param name="Tls">The version asked for, <c>off</c> for none, null for the default.</param>
/// <param name="ClientCipher">The cipher suite asked for; null for the default.</param>
/// <param name="Result"><c>allow</c>, <c>deny</c>, or <c>sql_error</c> where the clause was refused.</param>
/// <param name="Error">What the client printed of a denial.</param>
/// <param name="Session">Of an allowed login: who, cipher, version.</param>
/// <param name="ServerLog">What MariaDB's log said.</param>
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
    // Their outcome is not the clause's doing: the README of the vectors lists them.
    private static readonly string[] s_leftOut = ["badpw", "nopw", "nouser", "locked", "alter-", "grant-require", "secure-transport", "crl-"];

    internal static VectorFile<RecordedLogin> File { get; } = new("mariadb-logins.json", login => login.Id);

    internal bool IsReplayed => !s_leftOut.Any(start => Id.StartsWith(start, StringComparison.Ordinal));

    /// <summary>In the words of this test: a clause that SQL does not have is refused.</summary>
    internal string ExpectedVerdict => Result == "sql_error" ? ReplayException.Rejected : Result;

    internal string Statement => $"CREATE USER '{Id}'@'%' REQUIRE {Require};";

    /// <summary>The client's options that fix version and suite.</summary>
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

    /// <summary>The rows of an allowed session that the client's options fixed.</summary>
    internal IEnumerable<string> FixedSession => (Session ?? []).Where(row =>
        (ClientCipher is not null && row.StartsWith("Ssl_cipher\t", StringComparison.Ordinal))
        || (Tls is not null && row.StartsWith("Ssl_version\t", StringComparison.Ordinal)));

    /// <summary>The reason that MariaDB's log gives; null where it gives none.</summary>
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
