using System.Buffers.Binary;

namespace CertAuth.Forwarding;

/// <summary>What the forms look like.</summary>
internal static class CertInfoTokenFormats
{
    // A label, a zero octet, the length of the info.
    private const int MaxLabelBytes = 22;
    private const int MaxPrelude = MaxLabelBytes + 1 + sizeof(ulong);

    internal static ReadOnlySpan<byte> GetPrefix(CertInfoTokenFormat format) => format == CertInfoTokenFormat.SharedKey ? "v1."u8 : "v1c."u8;

    /// <summary>The form of a signature attribute; none where the prefix is neither.</summary>
    internal static CertInfoTokenFormat Detect(ReadOnlySpan<byte> signature) =>
        signature.StartsWith(GetPrefix(CertInfoTokenFormat.SharedKey)) ? CertInfoTokenFormat.SharedKey
        : signature.StartsWith(GetPrefix(CertInfoTokenFormat.ProxyKey)) ? CertInfoTokenFormat.ProxyKey
        : CertInfoTokenFormat.None;

    /// <summary>Room for what is signed.</summary>
    internal static int MaxSignedBytes(int infoBytes) => MaxPrelude + infoBytes;

    /// <summary>Writes what is signed: the label, a zero octet, the length as 64 bits, big-endian, and the info as it is sent.</summary>
    /// <param name="format">The form.</param>
    /// <param name="info">The info.</param>
    /// <param name="destination">At least <see cref="MaxSignedBytes"/>.</param>
    /// <returns>How many octets that is.</returns>
    internal static int WriteSignedContent(CertInfoTokenFormat format, ReadOnlySpan<byte> info, Span<byte> destination)
    {
        ReadOnlySpan<byte> label = format == CertInfoTokenFormat.SharedKey ? "TIPROXY-CERT-INFO-V1\0"u8 : "TIPROXY-CERT-INFO-V1C\0"u8;
        label.CopyTo(destination);
        BinaryPrimitives.WriteUInt64BigEndian(destination[label.Length..], (ulong)info.Length);
        info.CopyTo(destination[(label.Length + sizeof(ulong))..]);
        return label.Length + sizeof(ulong) + info.Length;
    }
}
