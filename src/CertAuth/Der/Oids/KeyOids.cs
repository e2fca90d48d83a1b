namespace CertAuth.Der;

/// <summary>The algorithms of public keys, as SubjectPublicKeyInfo names them.</summary>
/// <remarks>Each value is the DER content of the object identifier, without tag and length.</remarks>
internal static class KeyOids
{
    /// <summary>1.2.840.113549.1.1.1, rsaEncryption (RFC 3279, 2.3.1).</summary>
    internal static ReadOnlySpan<byte> RsaEncryption => [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x01];

    /// <summary>1.2.840.10045.2.1, id-ecPublicKey (RFC 5480, 2.1).</summary>
    internal static ReadOnlySpan<byte> EcPublicKey => [0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01];

    /// <summary>1.2.840.10040.4.1, id-dsa (RFC 3279, 2.3.2).</summary>
    internal static ReadOnlySpan<byte> Dsa => [0x2A, 0x86, 0x48, 0xCE, 0x38, 0x04, 0x01];

    /// <summary>1.3.101.112, id-Ed25519, of keys and signatures (RFC 8410, 3).</summary>
    internal static ReadOnlySpan<byte> Ed25519 => [0x2B, 0x65, 0x70];

    /// <summary>1.3.101.113, id-Ed448, of keys and signatures (RFC 8410, 3).</summary>
    internal static ReadOnlySpan<byte> Ed448 => [0x2B, 0x65, 0x71];
}
