namespace CertAuth.Der;

/// <summary>The hash algorithms, and the mask generation function of RSA-PSS.</summary>
/// <remarks>Each value is the DER content of the object identifier, without tag and length.</remarks>
internal static class HashOids
{
    /// <summary>1.2.840.113549.2.5, md5 (RFC 3279, 2.1.2).</summary>
    internal static ReadOnlySpan<byte> Md5 => [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x02, 0x05];

    /// <summary>1.3.14.3.2.26, id-sha1 (RFC 3279, 2.1.3).</summary>
    internal static ReadOnlySpan<byte> Sha1 => [0x2B, 0x0E, 0x03, 0x02, 0x1A];

    /// <summary>2.16.840.1.101.3.4.2.1, id-sha256 (RFC 4055, 2.1).</summary>
    internal static ReadOnlySpan<byte> Sha256 => [0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01];

    /// <summary>2.16.840.1.101.3.4.2.2, id-sha384 (RFC 4055, 2.1).</summary>
    internal static ReadOnlySpan<byte> Sha384 => [0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x02];

    /// <summary>2.16.840.1.101.3.4.2.3, id-sha512 (RFC 4055, 2.1).</summary>
    internal static ReadOnlySpan<byte> Sha512 => [0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x03];

    /// <summary>2.16.840.1.101.3.4.2.4, id-sha224 (RFC 4055, 2.1).</summary>
    internal static ReadOnlySpan<byte> Sha224 => [0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x04];

    /// <summary>1.2.840.113549.1.1.8, id-mgf1 (RFC 4055, 2.2).</summary>
    internal static ReadOnlySpan<byte> Mgf1 => [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x08];
}
