using System.Net;
using System.Text;

namespace CertAuth.Testing;

/// <summary>One subject alternative name (RFC 5280, 4.2.1.6).</summary>
/// <remarks>The text may hold anything that is ASCII, control characters included. Immutable; safe to share between threads.</remarks>
public sealed class TestSan
{
    private readonly byte[] _encoded;

    private TestSan(byte tag, byte[] content) => _encoded = Tlv.Encode(tag, content);

    /// <summary>A dNSName.</summary>
    /// <exception cref="ArgumentException">A character isn't ASCII: use the A-label, or <see cref="Raw"/>.</exception>
    public static TestSan Dns(string name) => new(0x82, Ascii(name));

    /// <summary>A uniformResourceIdentifier.</summary>
    /// <exception cref="ArgumentException">A character isn't ASCII: percent-encode it, or use <see cref="Raw"/>.</exception>
    public static TestSan Uri(string uri) => new(0x86, Ascii(uri));

    /// <summary>An iPAddress of 4 or 16 octets; an IPv4-mapped IPv6 address keeps its 16.</summary>
    public static TestSan Ip(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return new(0x87, address.GetAddressBytes());
    }

    /// <summary>An rfc822Name.</summary>
    /// <exception cref="ArgumentException">A character isn't ASCII: use <see cref="Raw"/>.</exception>
    public static TestSan Email(string address) => new(0x81, Ascii(address));

    /// <summary>A name that nobody checks, for other kinds and for malformed ones.</summary>
    /// <param name="tag">The identifier octet, such as 0x82 for a dNSName or 0xA4 for a directoryName.</param>
    /// <param name="content">The content octets, copied.</param>
    public static TestSan Raw(byte tag, byte[] content)
    {
        ArgumentNullException.ThrowIfNull(content);
        return new(tag, content);
    }

    /// <summary>The DER of the extension's value, GeneralNames: for a <see cref="TestExtension"/> that stands twice, is critical, or is
    /// then damaged.</summary>
    public static byte[] Encode(params ReadOnlySpan<TestSan> sans)
    {
        List<byte[]> encoded = [];
        foreach (TestSan san in sans)
            encoded.Add(san._encoded);
        return Tlv.Sequence([.. encoded]);
    }

    private static byte[] Ascii(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!System.Text.Ascii.IsValid(text))
            throw new ArgumentException($"The name holds a character that isn't ASCII. Encode it, or use {nameof(Raw)}.", nameof(text));
        return Encoding.ASCII.GetBytes(text);
    }
}
