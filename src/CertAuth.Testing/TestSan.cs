using System.Net;
using System.Text;

namespace CertAuth.Testing;

/// <summary>A subject alternative name (RFC 5280, 4.2.1.6).</summary>
/// <remarks>The text may contain any ASCII characters, including control characters. Immutable; safe for concurrent use.</remarks>
public sealed class TestSan
{
    private readonly byte[] _encoded;

    private TestSan(byte tag, byte[] content) => _encoded = Tlv.Encode(tag, content);

    /// <summary>Creates a dNSName.</summary>
    /// <exception cref="ArgumentException">A character is not ASCII: use the A-label, or <see cref="Raw"/>.</exception>
    public static TestSan Dns(string name) => new(0x82, EncodeAscii(name));

    /// <summary>Creates a uniformResourceIdentifier.</summary>
    /// <exception cref="ArgumentException">A character is not ASCII: percent-encode it, or use <see cref="Raw"/>.</exception>
    public static TestSan Uri(string uri) => new(0x86, EncodeAscii(uri));

    /// <summary>Creates an iPAddress of 4 or 16 bytes. An IPv4-mapped IPv6 address has 16.</summary>
    public static TestSan Ip(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return new(0x87, address.GetAddressBytes());
    }

    /// <summary>Creates an rfc822Name.</summary>
    /// <exception cref="ArgumentException">A character is not ASCII: use <see cref="Raw"/>.</exception>
    public static TestSan Email(string address) => new(0x81, EncodeAscii(address));

    /// <summary>Creates an unchecked name, for other types and for malformed names.</summary>
    /// <param name="tag">The identifier byte (tag), such as 0x82 for a dNSName or 0xA4 for a directoryName.</param>
    /// <param name="content">The content bytes, which are copied.</param>
    public static TestSan Raw(byte tag, byte[] content)
    {
        ArgumentNullException.ThrowIfNull(content);
        return new(tag, content);
    }

    /// <summary>Returns the value of the extension, GeneralNames, as DER, for a <see cref="TestExtension"/> that is duplicate, critical or
    /// malformed.</summary>
    public static byte[] Encode(params ReadOnlySpan<TestSan> sans)
    {
        List<byte[]> encoded = [];
        foreach (TestSan san in sans)
            encoded.Add(san._encoded);
        return Tlv.Sequence([.. encoded]);
    }

    private static byte[] EncodeAscii(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!System.Text.Ascii.IsValid(text))
            throw new ArgumentException($"The name contains a character that is not ASCII. Encode it, or use {nameof(Raw)}.", nameof(text));
        return Encoding.ASCII.GetBytes(text);
    }
}
