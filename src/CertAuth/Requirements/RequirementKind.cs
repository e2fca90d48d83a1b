namespace CertAuth.Requirements;

/// <summary>The kinds of requirements on a connection.</summary>
public enum RequirementKind
{
    /// <summary>NONE: nothing is required of the connection. An issuer of the token may be required.</summary>
    None = 0,

    /// <summary>SSL: TLS is required.</summary>
    Ssl = 1,

    /// <summary>X509: TLS and a verified client certificate are required.</summary>
    X509 = 2,

    /// <summary>Options: TLS, a verified client certificate and what the options name are required (CIPHER, ISSUER, SUBJECT,
    /// SAN).</summary>
    Specified = 3,

    /// <summary>The stored requirement cannot be read. It rejects every login.</summary>
    Malformed = 4,
}
