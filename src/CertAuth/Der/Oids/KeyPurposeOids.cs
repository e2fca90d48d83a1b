namespace CertAuth.Der;

/// <summary>The purposes of a key in an extended key usage (RFC 5280, 4.2.1.12).</summary>
/// <remarks>Each value is the DER content of the object identifier, without tag and length.</remarks>
internal static class KeyPurposeOids
{
    /// <summary>2.5.29.37.0, anyExtendedKeyUsage.</summary>
    internal static ReadOnlySpan<byte> Any => [0x55, 0x1D, 0x25, 0x00];

    /// <summary>1.3.6.1.5.5.7.3.1, id-kp-serverAuth.</summary>
    internal static ReadOnlySpan<byte> ServerAuth => [0x2B, 0x06, 0x01, 0x05, 0x05, 0x07, 0x03, 0x01];

    /// <summary>1.3.6.1.5.5.7.3.2, id-kp-clientAuth.</summary>
    internal static ReadOnlySpan<byte> ClientAuth => [0x2B, 0x06, 0x01, 0x05, 0x05, 0x07, 0x03, 0x02];
}
