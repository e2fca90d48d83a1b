using System.Formats.Asn1;
using System.Numerics;

namespace CertAuth.Testing;

/// <summary>Encodes DER values as byte arrays that can be nested: tag, minimal length, content. The content is not checked.</summary>
internal static class Tlv
{
    internal const byte BitStringTag = 0x03;
    internal const byte OctetStringTag = 0x04;
    internal const byte SequenceTag = 0x30;
    internal const byte SetTag = 0x31;

    /// <summary>Encodes one value: the given identifier byte, the length, and the concatenated parts.</summary>
    internal static byte[] Encode(byte tag, params ReadOnlySpan<byte[]> parts)
    {
        int length = 0;
        foreach (byte[] part in parts)
            length += part.Length;

        List<byte> encoded = new(length + 6) { tag };
        AppendLength(encoded, length);
        foreach (byte[] part in parts)
            encoded.AddRange(part);
        return [.. encoded];
    }

    internal static byte[] Sequence(params ReadOnlySpan<byte[]> parts) => Encode(SequenceTag, parts);

    internal static byte[] OctetString(byte[] content) => Encode(OctetStringTag, content);

    /// <summary>Encodes a BIT STRING without unused bits.</summary>
    internal static byte[] BitString(byte[] content) => Encode(BitStringTag, [0], content);

    /// <summary>Encloses the content in a constructed, context-specific tag.</summary>
    internal static byte[] Explicit(int number, byte[] content) => Encode((byte)(0xA0 | number), content);

    internal static byte[] Boolean(bool value) => Write(writer => writer.WriteBoolean(value));

    internal static byte[] Null() => Write(writer => writer.WriteNull());

    internal static byte[] Integer(BigInteger value) => Write(writer => writer.WriteInteger(value));

    internal static byte[] Oid(string dotted) => Write(writer => writer.WriteObjectIdentifier(dotted));

    /// <summary>Encodes a time in UTC; fractions of a second are truncated.</summary>
    internal static byte[] Time(DateTimeOffset time) => Write(writer =>
    {
        // RFC 5280, 4.1.2.5: UTCTime through 2049, GeneralizedTime from 2050. UTCTime cannot express a year before 1950.
        DateTimeOffset utc = time.ToUniversalTime();
        if (utc.Year is >= 1950 and < 2050)
            writer.WriteUtcTime(utc, twoDigitYearMax: 2049);
        else
            writer.WriteGeneralizedTime(utc, omitFractionalSeconds: true);
    });

    private static byte[] Write(Action<AsnWriter> write)
    {
        AsnWriter writer = new(AsnEncodingRules.DER);
        write(writer);
        return writer.Encode();
    }

    // X.690, 8.1.3 and 10.1: the definite form, in the minimal number of bytes.
    private static void AppendLength(List<byte> encoded, int length)
    {
        if (length < 0x80)
        {
            encoded.Add((byte)length);
            return;
        }

        int bytes = length switch { <= 0xFF => 1, <= 0xFFFF => 2, <= 0xFFFFFF => 3, _ => 4 };
        encoded.Add((byte)(0x80 | bytes));
        for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8)
            encoded.Add((byte)(length >> shift));
    }
}
