using System.Numerics;
using System.Text;
using System.Text.Json;
using CertAuth.Names;
using CertAuth.Tests.Support;

namespace CertAuth.Tests.Names;

/// <summary>One attribute: text, or the hex of the DER of a value that is not text.</summary>
internal sealed record ReferenceAttribute(string Oid, string? Text, string? Der);

/// <summary>A second reader of DER names after <c>names.md</c>, slow and obvious: it shares no code with the library.</summary>
internal sealed record ReferenceName(IReadOnlyList<IReadOnlyList<ReferenceAttribute>> Rdns)
{
    private const int MaxOidBytes = 256;
    private const int MaxAttributes = 64;

    /// <summary>The same for names that are alike in the order of their encoding, too.</summary>
    internal string OrderedKey => JsonSerializer.Serialize(Rdns);

    /// <summary>The same for names of which one meets the other as a requirement: an RDN is a multiset.</summary>
    internal string Key => JsonSerializer.Serialize(
        Rdns.Select(rdn => rdn.Select(attribute => JsonSerializer.Serialize(attribute)).Order(StringComparer.Ordinal)));

    /// <summary>Null when the name is malformed.</summary>
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

    internal static ReferenceName Of(DistinguishedName name) => new([.. name.Rdns.Select(rdn => (IReadOnlyList<ReferenceAttribute>)[.. rdn.Attributes
        .Select(a => new ReferenceAttribute(a.Oid, a.Value, a.Value is null ? Convert.ToHexString(a.EncodedValue.Span) : null))])]);

    /// <summary>The value as it counts in comparisons; throws <see cref="FormatException"/> when it is malformed.</summary>
    internal static ReferenceAttribute ReadValue(string oid, byte tag, byte[] content)
    {
        try
        {
            return new(oid, Decode(tag, content), null);
        }
        catch (ArgumentException e)
        {
            throw new FormatException("Malformed text.", e);
        }
        catch (NotSupportedException)
        {
            return new(oid, null, Convert.ToHexString(DerBytes.Tlv(tag, content)));
        }
    }

    private static ReferenceAttribute[] ReadRdn(byte[] content)
    {
        List<byte[]> pairs = Split(content);
        if (pairs.Count is 0 or > MaxAttributes)
            throw new FormatException("The SET is empty, or too large.");
        return [.. pairs.Select(ReadAttribute)];
    }

    private static ReferenceAttribute ReadAttribute(byte[] encoded)
    {
        List<byte[]> parts = Split(Expect(encoded, 0x30));
        if (parts.Count != 2)
            throw new FormatException("Not a pair.");
        (byte tag, byte[] content) = Open(parts[1]);
        return ReadValue(ReadOid(Expect(parts[0], 0x06)), tag, content);
    }

    private static string ReadOid(byte[] content)
    {
        if (content.Length is 0 or > MaxOidBytes || content[^1] >= 0x80)
            throw new FormatException("OID.");
        List<BigInteger> arcs = [0];
        foreach (byte b in content)
        {
            if (arcs[^1] == 0 && b == 0x80)
                throw new FormatException("OID.");
            arcs[^1] = arcs[^1] * 128 + b % 128;
            if (b < 0x80)
                arcs.Add(0);
        }

        BigInteger first = arcs[0] < 40 ? 0 : arcs[0] < 80 ? 1 : 2;
        return string.Join('.', arcs.Skip(1).SkipLast(1).Prepend(arcs[0] - 40 * first).Prepend(first));
    }

    // NotSupportedException: not text. ArgumentException: malformed.
    private static string Decode(byte tag, byte[] content)
    {
        int[] constructed = [8, 11, 16, 17, 29];
        bool isUniversal = tag < 0x40;
        if (isUniversal && (tag % 32 == 0 || constructed.Contains(tag % 32) != (tag >= 0x20)))
            throw new ArgumentException("Not a tag of DER.");
        return tag switch
        {
            0x0C => new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(content),
            0x12 or 0x13 or 0x16 or 0x1A => content.All(b => b < 0x80)
                ? Encoding.Latin1.GetString(content)
                : throw new ArgumentException("Not ASCII."),
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
        return found == tag ? content : throw new FormatException("Another tag.");
    }

    // DER is unique: what doesn't come out the same when it is written again is none.
    private static (byte Tag, byte[] Content) Open(byte[] encoded)
    {
        int header = 2 + (encoded.Length > 1 && encoded[1] >= 0x80 ? encoded[1] - 0x80 : 0);
        if (encoded.Length < header || (encoded[0] & 0x1F) == 0x1F)
            throw new FormatException("No header.");
        byte[] content = encoded[header..];
        return DerBytes.Tlv(encoded[0], content).SequenceEqual(encoded) ? (encoded[0], content) : throw new FormatException("Not DER.");
    }

    private static List<byte[]> Split(byte[] content)
    {
        List<byte[]> values = [];
        while (content.Length > 0)
        {
            int bytes = content.Length > 1 && content[1] >= 0x80 ? content[1] - 0x80 : 0;
            if (content.Length < 2 + bytes || bytes > 3)
                throw new FormatException("No length.");
            int length = bytes == 0 ? content[1] : content.Skip(2).Take(bytes).Aggregate(0, (sum, b) => sum * 256 + b);
            if (length > content.Length - 2 - bytes)
                throw new FormatException("Over the end.");
            values.Add(content[..(2 + bytes + length)]);
            content = content[(2 + bytes + length)..];
        }

        return values;
    }
}
