using FsCheck;
using FsCheck.Fluent;
using static CertAuth.Tests.Support.DerBytes;

namespace CertAuth.Tests.Names;

/// <summary>Generates well-formed DER names of difficult texts. The alphabets are small, so that similar names are frequent.</summary>
internal static class NameGenerator
{
    private static readonly string[] s_pieces =
    [
        "a", "b", "A", " ", "/", "+", "=", "\\", "#", "\"", ",", "CN", "CN=a", "/CN=a", "+CN=a", "/O=",
        "x41", "\\x41", "\\xC3\\xA9", "C3", "#0500",
        "\0", "\n", "\u001F", "\u007F", "\u0085", "\u00A0",
        "é", "e\u0301", "ß", "\u0130", "扡", "\uFEFF", "\u202E", "😀", "\U0010FFFF", "\uFFFD",
    ];

    private static readonly string[] s_asciiPieces = [.. s_pieces.Where(piece => piece.All(char.IsAscii))];

    private static readonly Gen<string> s_oid = Gen.Elements(
        Country, Organization, Unit, CommonName, UserId, "1.2.840.113549.1.9.1", "1.2.3.4", "2.999.1",
        "1.2.840.113549.1.1.15", "2.25.18446744073709551616");

    private static readonly Gen<byte[]> s_textAttribute =
        from oid in s_oid
        from tag in Gen.Elements(Utf8, Numeric, Printable, T61, Ia5, Visible, Universal, Bmp)
        from count in Gen.Choose(0, 3)
        from pieces in Gen.Elements(tag is Utf8 or Universal or Bmp ? s_pieces : s_asciiPieces).ArrayOf(count)
        select Attribute(oid, tag, Encode(tag, string.Concat(pieces)));

    private static readonly Gen<byte[]> s_otherAttribute =
        from oid in s_oid
        from value in Gen.Elements<byte[]>(
            [5, 0], [1, 1, 0xFF], [2, 1, 7], [4, 2, 65, 66], [3, 2, 0, 65], [0x30, 3, 12, 1, 97], [0x81, 1, 97], [0xA0, 0])
        select Sequence(Oid(oid), value);

    private static readonly Gen<byte[]> s_rdn =
        from count in Gen.Frequency((8, Gen.Constant(1)), (2, Gen.Choose(2, 3)))
        from attributes in Gen.Frequency((9, s_textAttribute), (1, s_otherAttribute)).ArrayOf(count)
        select Rdn(attributes);

    private static readonly Gen<(int At, int Byte, int Kind)> s_edit =
        from at in Gen.Choose(0, int.MaxValue) from b in Gen.Choose(0, 255) from kind in Gen.Choose(0, 3) select (at, b, kind);

    internal static Gen<byte[]> Names { get; } = from count in Gen.Choose(0, 5) from rdns in s_rdn.ArrayOf(count) select Name(rdns);

    /// <summary>Names of at most two RDNs. Many of them are equal or similar.</summary>
    internal static Gen<byte[]> ShortNames { get; } = from count in Gen.Choose(0, 2) from rdns in s_rdn.ArrayOf(count) select Name(rdns);

    /// <summary>Two names that often differ only in the encoding, in the order within an RDN, or in a few bytes.</summary>
    internal static Gen<(byte[] Required, byte[] Presented)> Pairs { get; } =
        from required in Names
        from presented in Gen.OneOf(Gen.Constant(required), Rewritten(required), Mutated(required), Names)
        select (required, presented);

    /// <summary>The bytes with one to three of them changed, removed or inserted.</summary>
    internal static Gen<byte[]> Mutated(byte[] bytes) =>
        from count in Gen.Choose(1, 3)
        from edits in s_edit.ArrayOf(count)
        select edits.Aggregate(bytes, (all, edit) => Edit(all, edit.At % (all.Length + 1), (byte)edit.Byte, edit.Kind));

    private static byte[] Edit(byte[] all, int at, byte b, int kind) => (kind, at == all.Length) switch
    {
        (0, _) => [.. all[..at], b, .. all[at..]],
        (_, true) => all,
        (1, _) => [.. all[..at], .. all[(at + 1)..]],
        (2, _) => [.. all[..at], (byte)(all[at] ^ (1 << (b & 7))), .. all[(at + 1)..]],
        _ => [.. all[..at], b, .. all[(at + 1)..]],
    };

    // The same text in another string type, with the attributes of each RDN in reverse order.
    private static Gen<byte[]> Rewritten(byte[] name) => Gen.Elements(Utf8, Universal, Bmp).Select(tag => Name(
        [.. ReferenceName.Read(name)!.Rdns.Select(rdn => Rdn([.. rdn.Reverse().Select(a => a.Text is { } text
            ? Attribute(a.Oid, tag, Encode(tag, text))
            : Sequence(Oid(a.Oid), Convert.FromHexString(a.Der!)))]))]));
}
