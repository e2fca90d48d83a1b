namespace CertAuth.Der;

/// <summary>The named elliptic curves (RFC 5480, 2.1.1.1).</summary>
/// <remarks>Each value is the DER content of the object identifier, without tag and length.</remarks>
internal static class CurveOids
{
    /// <summary>1.2.840.10045.3.1.7, secp256r1.</summary>
    internal static ReadOnlySpan<byte> P256 => [0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x03, 0x01, 0x07];

    /// <summary>1.3.132.0.34, secp384r1.</summary>
    internal static ReadOnlySpan<byte> P384 => [0x2B, 0x81, 0x04, 0x00, 0x22];

    /// <summary>1.3.132.0.35, secp521r1.</summary>
    internal static ReadOnlySpan<byte> P521 => [0x2B, 0x81, 0x04, 0x00, 0x23];
}
