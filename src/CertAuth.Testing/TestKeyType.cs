namespace CertAuth.Testing;

/// <summary>The kind and size of a key pair.</summary>
public enum TestKeyType
{
    /// <summary>ECDSA on NIST P-256: the default, since making one takes well under a millisecond.</summary>
    P256 = 0,

    /// <summary>ECDSA on NIST P-384.</summary>
    P384 = 1,

    /// <summary>ECDSA on NIST P-521.</summary>
    P521 = 2,

    /// <summary>RSA with 2048 bits. RSA keys are slow to make (50 ms and more): share them, or take <see cref="TestKey.Fixed"/> ones.</summary>
    Rsa2048 = 3,

    /// <summary>RSA with 3072 bits.</summary>
    Rsa3072 = 4,

    /// <summary>RSA with 4096 bits; takes a second or so to make.</summary>
    Rsa4096 = 5,

    /// <summary>RSA with 1024 bits: weak, to be refused.</summary>
    Rsa1024 = 6,
}
