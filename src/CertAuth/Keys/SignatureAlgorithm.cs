namespace CertAuth.Signing;

/// <summary>The supported signature algorithms of JSON Web Tokens (RFC 7518, 3.1). All are asymmetric.</summary>
public enum SignatureAlgorithm
{
    /// <summary>There is no algorithm.</summary>
    None = 0,

    /// <summary>RSASSA-PKCS1-v1_5 with SHA-256.</summary>
    RS256 = 1,

    /// <summary>RSASSA-PKCS1-v1_5 with SHA-384.</summary>
    RS384 = 2,

    /// <summary>RSASSA-PKCS1-v1_5 with SHA-512.</summary>
    RS512 = 3,

    /// <summary>RSASSA-PSS with SHA-256, with a salt of the length of the hash.</summary>
    PS256 = 4,

    /// <summary>RSASSA-PSS with SHA-384, with a salt of the length of the hash.</summary>
    PS384 = 5,

    /// <summary>RSASSA-PSS with SHA-512, with a salt of the length of the hash.</summary>
    PS512 = 6,

    /// <summary>ECDSA on P-256 with SHA-256.</summary>
    ES256 = 7,

    /// <summary>ECDSA on P-384 with SHA-384.</summary>
    ES384 = 8,

    /// <summary>ECDSA on P-521 with SHA-512.</summary>
    ES512 = 9,
}
