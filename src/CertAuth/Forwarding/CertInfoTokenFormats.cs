using System.Buffers.Binary;

namespace CertAuth.Forwarding;

/// <summary>The prefix, the maximum length and the signed content of each <see cref="CertInfoTokenFormat"/>.</summary>
internal static class CertInfoTokenFormats
{
    internal static ReadOnlySpan<byte> GetPrefix(CertInfoTokenFormat format) =>
        format == CertInfoTokenFormat.SharedKey ? "v1."u8 : "v1c."u8;

    /// <summary>Returns the format of a signature attribute; <see cref="CertInfoTokenFormat.None"/> if the prefix is unknown.</summary>
    internal static CertInfoTokenFormat Detect(ReadOnlySpan<byte> signature) =>
        signature.StartsWith(GetPrefix(CertInfoTokenFormat.SharedKey)) ? CertInfoTokenFormat.SharedKey
        : signature.StartsWith(GetPrefix(CertInfoTokenFormat.ProxyKey)) ? CertInfoTokenFormat.ProxyKey
        : CertInfoTokenFormat.None;

    /// <summary>Returns the maximum length of a signature attribute, in bytes.</summary>
    internal static int GetMaxSignatureBytes(CertInfoTokenFormat format) =>
        format == CertInfoTokenFormat.SharedKey ? ForwardingBounds.MaxSignatureBytes : ForwardingBounds.MaxSignatureBytesWithChain;

    /// <summary>Returns the length of the signed content for an info of the specified length, in bytes.</summary>
    internal static int GetSignedBytes(CertInfoTokenFormat format, int infoBytes) =>
        GetLabel(format).Length + sizeof(ulong) + infoBytes;

    /// <summary>Writes the signed content: the label, a zero byte, the length of the info as a 64-bit big-endian integer, and the info as
    /// it is sent.</summary>
    /// <param name="format">The format.</param>
    /// <param name="info">The info.</param>
    /// <param name="destination">The buffer, of at least <see cref="GetSignedBytes"/> bytes.</param>
    /// <returns>The length of the content, in bytes.</returns>
    internal static int WriteSignedContent(CertInfoTokenFormat format, ReadOnlySpan<byte> info, Span<byte> destination)
    {
        ReadOnlySpan<byte> label = GetLabel(format);
        label.CopyTo(destination);
        BinaryPrimitives.WriteUInt64BigEndian(destination[label.Length..], (ulong)info.Length);
        info.CopyTo(destination[(label.Length + sizeof(ulong))..]);
        return GetSignedBytes(format, info.Length);
    }

    // The label, with the zero byte that ends it.
    private static ReadOnlySpan<byte> GetLabel(CertInfoTokenFormat format) =>
        format == CertInfoTokenFormat.SharedKey ? "TIPROXY-CERT-INFO-V1\0"u8 : "TIPROXY-CERT-INFO-V1C\0"u8;
}
