using System.Numerics;
using System.Text;

namespace CertAuth.Tests.Support;

/// <summary>Encodes DER in a simple, slow way, including malformed values for tests.</summary>
internal static class DerBytes
{
    internal const string Country = "2.5.4.6";
    internal const string Organization = "2.5.4.10";
    internal const string Unit = "2.5.4.11";
    internal const string CommonName = "2.5.4.3";
    internal const string UserId = "0.9.2342.19200300.100.1.1";

    internal const byte Utf8 = 0x0C, Numeric = 0x12, Printable = 0x13, T61 = 0x14, Ia5 = 0x16, Visible = 0x1A, Universal = 0x1C, Bmp = 0x1E;

    internal static byte[] Tlv(byte tag, params byte[][] contents)
    {
        byte[] content = [.. contents.SelectMany(part => part)];
        return [tag, .. Length(content.Length), .. content];
    }

    internal static byte[] Sequence(params byte[][] parts) => Tlv(0x30, parts);

    internal static byte[] Name(params byte[][] rdns) => Sequence(rdns);

    internal static byte[] Rdn(params byte[][] attributes) => Tlv(0x31, attributes);

    internal static byte[] Attribute(string oid, byte tag, params byte[] value) => Sequence(Oid(oid), Tlv(tag, value));

    internal static byte[] Attribute(string oid, string text) => Attribute(oid, Utf8, Encoding.UTF8.GetBytes(text));

    /// <summary>Encodes a name of RDNs with one UTF8String each.</summary>
    internal static byte[] Name(params (string Oid, string Text)[] attributes) =>
        Name([.. attributes.Select(attribute => Rdn(Attribute(attribute.Oid, attribute.Text)))]);

    internal static byte[] Encode(byte tag, string text) => tag switch
    {
        Utf8 => Encoding.UTF8.GetBytes(text),
        Bmp => Encoding.BigEndianUnicode.GetBytes(text),
        Universal => new UTF32Encoding(bigEndian: true, byteOrderMark: false).GetBytes(text),
        _ => Encoding.Latin1.GetBytes(text),
    };

    internal static byte[] Oid(string dotted)
    {
        BigInteger[] arcs = [.. dotted.Split('.').Select(BigInteger.Parse)];
        return Tlv(0x06, [.. arcs.Skip(2).Prepend(arcs[0] * 40 + arcs[1]).SelectMany(Base128)]);
    }

    private static byte[] Base128(BigInteger number)
    {
        List<byte> bytes = [(byte)(number % 128)];
        for (number /= 128; number > 0; number /= 128)
            bytes.Insert(0, (byte)(number % 128 + 128));
        return [.. bytes];
    }

    private static byte[] Length(int length) => length switch
    {
        < 0x80 => [(byte)length],
        < 0x100 => [0x81, (byte)length],
        < 0x10000 => [0x82, (byte)(length >> 8), (byte)length],
        _ => [0x83, (byte)(length >> 16), (byte)(length >> 8), (byte)length],
    };
}
