namespace CertAuth.Testing;

/// <summary>The algorithm and size of a key pair.</summary>
public enum TestKeyType
{
    /// <summary>ECDSA on NIST P-256. The default, because a key is generated in well under a millisecond.</summary>
    P256 = 0,

    /// <summary>ECDSA on NIST P-384.</summary>
    P384 = 1,

    /// <summary>ECDSA on NIST P-521.</summary>
    P521 = 2,

    /// <summary>RSA with 2048 bits. An RSA key takes 50 ms or more to generate: share it, or use <see cref="TestKey.Fixed"/>.</summary>
    Rsa2048 = 3,

    /// <summary>RSA with 3072 bits.</summary>
    Rsa3072 = 4,

    /// <summary>RSA with 4096 bits. It takes about one second to generate.</summary>
    Rsa4096 = 5,

    /// <summary>RSA with 1024 bits, which is too weak to be accepted.</summary>
    Rsa1024 = 6,
}
