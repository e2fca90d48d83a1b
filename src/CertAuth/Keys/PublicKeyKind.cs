namespace CertAuth.Certificates;

/// <summary>The kinds of public key.</summary>
public enum PublicKeyKind
{
    /// <summary>Another kind of key, or a malformed key.</summary>
    Unknown = 0,

    /// <summary>RSA (RFC 3279, 2.3.1).</summary>
    Rsa = 1,

    /// <summary>A key on a named elliptic curve (RFC 5480, 2.1).</summary>
    Ec = 2,

    /// <summary>DSA (RFC 3279, 2.3.2).</summary>
    Dsa = 3,

    /// <summary>Ed25519 or Ed448 (RFC 8410).</summary>
    EdDsa = 4,
}
