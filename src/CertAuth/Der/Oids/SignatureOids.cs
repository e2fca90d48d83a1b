namespace CertAuth.Der;

/// <summary>The signature algorithms. Those of EdDSA are in <see cref="KeyOids"/>, because they are the algorithms of the keys as
/// well.</summary>
/// <remarks>Each value is the DER content of the object identifier, without tag and length.</remarks>
internal static class SignatureOids
{
    /// <summary>1.2.840.113549.1.1.2, md2WithRSAEncryption (RFC 3279, 2.2.1).</summary>
    internal static ReadOnlySpan<byte> RsaMd2 => [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x02];

    /// <summary>1.2.840.113549.1.1.4, md5WithRSAEncryption (RFC 3279, 2.2.1).</summary>
    internal static ReadOnlySpan<byte> RsaMd5 => [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x04];

    /// <summary>1.2.840.113549.1.1.5, sha1WithRSAEncryption (RFC 3279, 2.2.1).</summary>
    internal static ReadOnlySpan<byte> RsaSha1 => [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x05];

    /// <summary>1.2.840.113549.1.1.10, id-RSASSA-PSS, whose parameters contain the hash (RFC 4055, 3.1).</summary>
    internal static ReadOnlySpan<byte> RsaPss => [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x0A];

    /// <summary>1.2.840.113549.1.1.11, sha256WithRSAEncryption (RFC 4055, 5).</summary>
    internal static ReadOnlySpan<byte> RsaSha256 => [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x0B];

    /// <summary>1.2.840.113549.1.1.12, sha384WithRSAEncryption (RFC 4055, 5).</summary>
    internal static ReadOnlySpan<byte> RsaSha384 => [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x0C];

    /// <summary>1.2.840.113549.1.1.13, sha512WithRSAEncryption (RFC 4055, 5).</summary>
    internal static ReadOnlySpan<byte> RsaSha512 => [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x0D];

    /// <summary>1.2.840.113549.1.1.14, sha224WithRSAEncryption (RFC 4055, 5).</summary>
    internal static ReadOnlySpan<byte> RsaSha224 => [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x0E];

    /// <summary>1.2.840.10045.4.1, ecdsa-with-SHA1 (RFC 3279, 2.2.3).</summary>
    internal static ReadOnlySpan<byte> EcdsaSha1 => [0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x04, 0x01];

    /// <summary>1.2.840.10045.4.3.1, ecdsa-with-SHA224 (RFC 5758, 3.2).</summary>
    internal static ReadOnlySpan<byte> EcdsaSha224 => [0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x04, 0x03, 0x01];

    /// <summary>1.2.840.10045.4.3.2, ecdsa-with-SHA256 (RFC 5758, 3.2).</summary>
    internal static ReadOnlySpan<byte> EcdsaSha256 => [0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x04, 0x03, 0x02];

    /// <summary>1.2.840.10045.4.3.3, ecdsa-with-SHA384 (RFC 5758, 3.2).</summary>
    internal static ReadOnlySpan<byte> EcdsaSha384 => [0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x04, 0x03, 0x03];

    /// <summary>1.2.840.10045.4.3.4, ecdsa-with-SHA512 (RFC 5758, 3.2).</summary>
    internal static ReadOnlySpan<byte> EcdsaSha512 => [0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x04, 0x03, 0x04];

    /// <summary>1.2.840.10040.4.3, id-dsa-with-sha1 (RFC 3279, 2.2.2).</summary>
    internal static ReadOnlySpan<byte> DsaSha1 => [0x2A, 0x86, 0x48, 0xCE, 0x38, 0x04, 0x03];

    /// <summary>2.16.840.1.101.3.4.3.1, id-dsa-with-sha224 (RFC 5758, 3.1).</summary>
    internal static ReadOnlySpan<byte> DsaSha224 => [0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x03, 0x01];

    /// <summary>2.16.840.1.101.3.4.3.2, id-dsa-with-sha256 (RFC 5758, 3.1).</summary>
    internal static ReadOnlySpan<byte> DsaSha256 => [0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x03, 0x02];
}
