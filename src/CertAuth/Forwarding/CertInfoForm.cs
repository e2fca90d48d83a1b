using System.Buffers.Binary;

namespace CertAuth.Forwarding;

/// <summary>Whose key signs a token.</summary>
public enum CertInfoForm
{
    /// <summary>No form.</summary>
    None = 0,

    /// <summary><c>v1.</c>: one signing certificate for all proxies, of which the server has the public half.</summary>
    SharedKey = 1,

    /// <summary><c>v1c.</c>: a key of its own for each proxy, whose certificates come with the signature.</summary>
    OwnKey = 2,
}

/// <summary>What the forms look like.</summary>
internal static class CertInfoForms
{
    // A label, a zero octet, the length of the info.
    private const int MaxLabelOctets = 22;
    private const int MaxPrelude = MaxLabelOctets + 1 + sizeof(ulong);

    internal static ReadOnlySpan<byte> PrefixOf(CertInfoForm form) => form == CertInfoForm.SharedKey ? "v1."u8 : "v1c."u8;

    /// <summary>The form of a signature attribute; none where the prefix is neither.</summary>
    internal static CertInfoForm Of(ReadOnlySpan<byte> signature) =>
        signature.StartsWith(PrefixOf(CertInfoForm.SharedKey)) ? CertInfoForm.SharedKey
        : signature.StartsWith(PrefixOf(CertInfoForm.OwnKey)) ? CertInfoForm.OwnKey
        : CertInfoForm.None;

    /// <summary>Room for what is signed.</summary>
    internal static int MaxSignedOctets(int infoOctets) => MaxPrelude + infoOctets;

    /// <summary>Writes what is signed: the label, a zero octet, the length as 64 bits, big-endian, and the info as it is sent.</summary>
    /// <param name="form">The form.</param>
    /// <param name="info">The info.</param>
    /// <param name="destination">At least <see cref="MaxSignedOctets"/>.</param>
    /// <returns>How many octets that is.</returns>
    internal static int WriteSigned(CertInfoForm form, ReadOnlySpan<byte> info, Span<byte> destination)
    {
        ReadOnlySpan<byte> label = form == CertInfoForm.SharedKey ? "TIPROXY-CERT-INFO-V1\0"u8 : "TIPROXY-CERT-INFO-V1C\0"u8;
        label.CopyTo(destination);
        BinaryPrimitives.WriteUInt64BigEndian(destination[label.Length..], (ulong)info.Length);
        info.CopyTo(destination[(label.Length + sizeof(ulong))..]);
        return label.Length + sizeof(ulong) + info.Length;
    }
}
