namespace CertAuth.Requirements;

/// <summary>The kinds of requirements on a connection.</summary>
public enum RequirementKind
{
    /// <summary>NONE: nothing is required of the connection. A token issuer may still be required.</summary>
    None = 0,

    /// <summary>SSL: TLS is required.</summary>
    Ssl = 1,

    /// <summary>X509: TLS and a verified client certificate are required.</summary>
    X509 = 2,

    /// <summary>Alternatives of options, such as SUBJECT: TLS, a verified client certificate and every option of one alternative are
    /// required.</summary>
    Specified = 3,

    /// <summary>The stored requirement cannot be read. It rejects every login.</summary>
    Malformed = 4,
}
