namespace CertAuth.Requirements;

/// <summary>What a REQUIRE clause demands of the connection, roughly.</summary>
public enum RequirementKind
{
    /// <summary>Nothing of the connection. A token issuer may still be named.</summary>
    None = 0,

    /// <summary>TLS.</summary>
    Ssl = 1,

    /// <summary>TLS and a verified client certificate.</summary>
    X509 = 2,

    /// <summary>TLS, a verified client certificate, and what the options name: cipher, issuer, subject, subject alternative names.</summary>
    Specified = 3,

    /// <summary>A stored requirement that can't be read: it denies every login.</summary>
    Malformed = 4,
}
