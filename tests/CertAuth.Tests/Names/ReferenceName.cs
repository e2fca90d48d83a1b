using System.Numerics;
using System.Text;
using System.Text.Json;
using CertAuth.Names;

namespace CertAuth.Tests.Names;

/// <summary>A second reader of DER names, slow and simple. It shares no code with the library.</summary>
internal sealed record ReferenceName(IReadOnlyList<IReadOnlyList<ReferenceAttribute>> Rdns)
{
    private const int MaxOidBytes = 256;
    private const int MaxAttributes = 64;

    /// <summary>A key that is equal for equal names with the same order of attributes.</summary>
    internal string OrderedKey => JsonSerializer.Serialize(Rdns);

    /// <summary>A key that is equal for equal names. An RDN is a multiset.</summary>
    internal string Key => JsonSerializer.Serialize(
        Rdns.Select(rdn => rdn.Select(attribute => JsonSerializer.Serialize(attribute)).Order(StringComparer.Ordinal)));

    /// <summary>Reads a name. Returns null if it is malformed.</summary>
    internal static ReferenceName? Read(byte[] encoded)
    {
        try
        {
            return new([.. Single(encoded, 0x30).Select(rdn => ReadRdn(Expect(rdn, 0x31)))]);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    internal static ReferenceName From(DistinguishedName name) =>
        new([.. name.Rdns.Select(rdn => (IReadOnlyList<ReferenceAttribute>)[.. rdn.Attributes.Select(From)])]);

    /// <summary>Reads a value in the form that is compared. Throws <see cref="FormatException"/> if it is malformed.</summary>
    internal static ReferenceAttribute ReadValue(string oid, byte tag, byte[] content)
    {
        try
        {
            return new(oid, Decode(tag, content), null);
        }
        catch (ArgumentException e)
        {
            throw new FormatException("The text is malformed.", e);
        }
        catch (NotSupportedException)
        {
            return new(oid, null, Convert.ToHexString(DerBytes.Tlv(tag, content)));
        }
    }

    private static ReferenceAttribute From(NameAttribute attribute) =>
        new(attribute.Oid, attribute.Value, attribute.Value is null ? Convert.ToHexString(attribute.EncodedValue.Span) : null);

    private static ReferenceAttribute[] ReadRdn(byte[] content)
    {
        List<byte[]> pairs = Split(content);
        if (pairs.Count is 0 or > MaxAttributes)
            throw new FormatException("The SET is empty or too large.");
        return [.. pairs.Select(ReadAttribute)];
    }

    private static ReferenceAttribute ReadAttribute(byte[] encoded)
    {
        List<byte[]> parts = Split(Expect(encoded, 0x30));
        if (parts.Count != 2)
            throw new FormatException("The SEQUENCE does not have two parts.");
        (byte tag, byte[] content) = Open(parts[1]);
        return ReadValue(ReadOid(Expect(parts[0], 0x06)), tag, content);
    }

    private static string ReadOid(byte[] content)
    {
        if (content.Length is 0 or > MaxOidBytes || content[^1] >= 0x80)
            throw new FormatException("The OID is malformed.");
        List<BigInteger> arcs = [0];
        foreach (byte b in content)
        {
            if (arcs[^1] == 0 && b == 0x80)
                throw new FormatException("The OID is malformed.");
            arcs[^1] = arcs[^1] * 128 + b % 128;
            if (b < 0x80)
                arcs.Add(0);
        }

        BigInteger first = arcs[0] < 40 ? 0 : arcs[0] < 80 ? 1 : 2;
        return string.Join('.', arcs.Skip(1).SkipLast(1).Prepend(arcs[0] - 40 * first).Prepend(first));
    }

    // Throws NotSupportedException if the type is not text, and ArgumentException if the value is malformed.
    private static string Decode(byte tag, byte[] content)
    {
        int[] constructed = [8, 11, 16, 17, 29];
        bool isUniversal = tag < 0x40;
        if (isUniversal && (tag % 32 == 0 || constructed.Contains(tag % 32) != (tag >= 0x20)))
            throw new ArgumentException("The tag is not one of DER.");
        return tag switch
        {
            0x0C => new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(content),
            0x12 or 0x13 or 0x16 or 0x1A => content.All(b => b < 0x80)
                ? Encoding.Latin1.GetString(content)
                : throw new ArgumentException("The text is not ASCII."),
            0x14 => Encoding.Latin1.GetString(content),
            0x1C => new UTF32Encoding(bigEndian: true, false, throwOnInvalidCharacters: true).GetString(content),
            0x1E => new UnicodeEncoding(bigEndian: true, false, throwOnInvalidBytes: true).GetString(content),
            _ => throw new NotSupportedException(),
        };
    }

    private static List<byte[]> Single(byte[] encoded, byte tag) => Split(Expect(encoded, tag));

    private static byte[] Expect(byte[] encoded, byte tag)
    {
        (byte found, byte[] content) = Open(encoded);
        return found == tag ? content : throw new FormatException("The tag is wrong.");
    }

    // DER is unique: if the value is encoded again, the bytes must be the same.
    private static (byte Tag, byte[] Content) Open(byte[] encoded)
    {
        int header = 2 + (encoded.Length > 1 && encoded[1] >= 0x80 ? encoded[1] - 0x80 : 0);
        if (encoded.Length < header || (encoded[0] & 0x1F) == 0x1F)
            throw new FormatException("There is no header.");
        byte[] content = encoded[header..];
        return DerBytes.Tlv(encoded[0], content).SequenceEqual(encoded)
            ? (encoded[0], content)
            : throw new FormatException("The value is not DER.");
    }

    private static List<byte[]> Split(byte[] content)
    {
        List<byte[]> values = [];
        while (content.Length > 0)
        {
            int bytes = content.Length > 1 && content[1] >= 0x80 ? content[1] - 0x80 : 0;
            if (content.Length < 2 + bytes || bytes > 3)
                throw new FormatException("There is no length.");
            int length = bytes == 0 ? content[1] : content.Skip(2).Take(bytes).Aggregate(0, (sum, b) => sum * 256 + b);
            if (length > content.Length - 2 - bytes)
                throw new FormatException("The value is longer than the data.");
            values.Add(content[..(2 + bytes + length)]);
            content = content[(2 + bytes + length)..];
        }

        return values;
    }
}
