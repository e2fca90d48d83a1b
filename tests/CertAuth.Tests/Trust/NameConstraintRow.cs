using System.Net;
using static CertAuth.Tests.Support.DerBytes;

namespace CertAuth.Tests.Trust;

/// <summary>One row of <c>name-constraints.tsv</c>: a subtree, a name, the verdict if the subtree is permitted, and the verdict if it is
/// excluded. A verdict is <c>accept</c>, <c>reject</c> or, if the subtree is malformed, <c>malformed</c>.</summary>
internal sealed record NameConstraintRow(string Id, string Kind, string Subtree, string Name, string Permitted, string Excluded)
{
    private static readonly TestName s_plainSubject = TestName.Of(("CN", "alice"));

    internal static Dictionary<string, NameConstraintRow> All { get; } = TsvFile
        .ReadRows("CertAuth.Tests/Trust/name-constraints.tsv")
        .ToDictionary(f => f[0], f => new NameConstraintRow(f[0], f[1], f[2], f[3], f[4], f[5]));

    internal RejectionReason Expected(bool excluded) => (excluded ? Excluded : Permitted) switch
    {
        "accept" => RejectionReason.None,
        "reject" => RejectionReason.NameConstraintViolated,
        "malformed" => RejectionReason.CertificateMalformed,
        string other => throw new InvalidDataException(other),
    };

    /// <summary>Gets the base of the subtree as a DER-encoded GeneralName.</summary>
    internal byte[] Base => Kind switch
    {
        "ip" => Tlv(0x87, Subtree.Split('/').Select(Bytes).ToArray()),
        _ => GeneralName(Kind, Subtree),
    };

    internal TestCertificateRequest Request(TestKey key) => new()
    {
        Subject = Kind == "subject" ? TestName.Of(("CN", "alice"), ("emailAddress", Name)) : s_plainSubject,
        Sans = Kind == "subject" ? [] : [San(GeneralName(Kind, Name))],
        Key = key,
    };

    internal static TestSan San(byte[] generalName)
    {
        int header = generalName[1] < 0x80 ? 2 : 2 + (generalName[1] & 0x7F);
        return TestSan.Raw(generalName[0], generalName[header..]);
    }

    internal static byte[] GeneralName(string kind, string text) => kind switch
    {
        "dns" => Tlv(0x82, Encode(Ia5, text)),
        "email" or "subject" => Tlv(0x81, Encode(Ia5, text)),
        "uri" => Tlv(0x86, Encode(Ia5, text)),
        "ip" => Tlv(0x87, Bytes(text)),
        "dir" => Tlv(0xA4, DirectoryName(text)),
        "other" => Tlv(0xA0, Oid("1.3.6.1.4.1.311.20.2.3"), Tlv(0xA0, Tlv(Utf8, Encode(Utf8, text)))),
        "rid" => [0x88, .. Oid(text)[1..]],
        _ => throw new InvalidDataException(kind),
    };

    /// <summary>Encodes a text such as "/C=US/O=Org+OU=Unit". "\/" is a slash in a value; the prefix "printable:" of a value sets its
    /// string type.</summary>
    private static byte[] DirectoryName(string text)
    {
        string[] levels = [.. text.Replace("\\/", "\0", StringComparison.Ordinal).Split('/', StringSplitOptions.RemoveEmptyEntries)];
        return TestName.FromRdns([.. levels.Select(level => new TestRdn([.. level.Split('+').Select(Attribute)]))]).Encode();
    }

    private static TestNameAttribute Attribute(string text)
    {
        const string PrintableMark = "printable:";
        string[] parts = text.Replace('\0', '/').Split('=', 2);
        return parts[1].StartsWith(PrintableMark, StringComparison.Ordinal)
            ? new(parts[0], parts[1][PrintableMark.Length..], TestStringType.Printable)
            : new(parts[0], parts[1]);
    }

    private static byte[] Bytes(string address) => address.Length == 0 ? [] : IPAddress.Parse(address).GetAddressBytes();
}
