using System.Text;
using CertAuth.Trust;
using static CertAuth.Tests.Support.DerBytes;

namespace CertAuth.Tests.Trust;

/// <summary>A bundle is read completely or rejected: a damaged file does not become a bundle with fewer certificates.</summary>
public sealed class BundleAttackTests
{
    private const string SignedData = "1.2.840.113549.1.7.2";
    private const string Data = "1.2.840.113549.1.7.1";

    private static readonly TestCertificateAuthority s_one = TestCertificateAuthority.Create(TestName.Of(("CN", "one")));
    private static readonly TestCertificateAuthority s_two = TestCertificateAuthority.Create(TestName.Of(("CN", "two")));
    private static readonly byte[] s_p7One = Pkcs7(s_one.Der.ToArray());
    private static readonly byte[] s_p7Two = Pkcs7(s_two.Der.ToArray());
    private static readonly string s_x509 = s_two.Pem.Replace(" CERTIFICATE", " X509 CERTIFICATE", StringComparison.Ordinal);
    private static readonly string s_p7Pem = Block("PKCS7", s_p7Two);

    public static TheoryData<string, byte[]> BrokenPkcs7 => new()
    {
        { "two, one after the other", [.. s_p7One, .. s_p7Two] },
        { "with a byte after it", [.. s_p7One, 0] },
        { "with text after it", [.. s_p7One, .. "\n# end"u8] },
        { "cut short", s_p7One[..^1] },
        { "a malformed certificate", Pkcs7(s_one.Der.ToArray(), Sequence(Tlv(2, [1]))) },
        { "a certificate with trailing bytes", Pkcs7(Sequence(s_one.Der.ToArray(), Tlv(5))) },
        { "PKCS #6", Pkcs7(s_one.Der.ToArray(), Tlv(0xA0, s_two.Der.ToArray())) },
        { "attribute certificate of version 1", Pkcs7(s_one.Der.ToArray(), Tlv(0xA1, s_two.Der.ToArray())) },
        { "attribute certificate of version 2", Pkcs7(Tlv(0xA2, s_two.Der.ToArray()), s_one.Der.ToArray()) },
        { "another format", Pkcs7(s_one.Der.ToArray(), Tlv(0xA3, Oid("1.2.3"), s_two.Der.ToArray())) },
        { "an INTEGER", Pkcs7(s_one.Der.ToArray(), Tlv(2, [1])) },
        { "no certificates", Pkcs7() },
        { "another content", Sequence(Oid(Data), Tlv(0xA0, Tlv(4, s_one.Der.ToArray()))) },
    };

    // Attack or accident: a CA is silently omitted from the bundle, and its clients are rejected.
    [Theory, MemberData(nameof(BrokenPkcs7))]
    public void TryParse_RejectsMalformedPkcs7(string name, byte[] data)
    {
        AssertRejected(name, data);
        AssertRejected(name + ", PEM", Encoding.ASCII.GetBytes(Block("PKCS7", data)));
        AssertRejected(name + ", beside a valid one", Encoding.ASCII.GetBytes(s_one.Pem + Block("PKCS7", data)));
    }

    [Fact]
    public void TryParse_ReadsPkcs7()
    {
        byte[] both = Pkcs7(s_one.Der.ToArray(), s_two.Der.ToArray());

        TrustBundle.Parse(both).Anchors.Length.Should().Be(2);
        TrustBundle.Parse(Encoding.ASCII.GetBytes(Block("CMS", both))).Anchors.Length.Should().Be(2);
        TrustBundle.Parse(Encoding.ASCII.GetBytes(s_one.Pem + s_p7Pem)).Anchors.Length.Should().Be(2);
    }

    // A damaged file causes an error, not an exception.
    [Fact]
    public void TryParse_DoesNotThrow_WhenPkcs7IsDamaged()
    {
        byte[] whole = Pkcs7(s_one.Der.ToArray(), s_two.Der.ToArray());
        int loaded = 0;
        for (int at = 0; at < whole.Length; at++)
        {
            foreach (byte b in new byte[] { 0, 0x30, 0x80, 0xFF, (byte)(whole[at] ^ 1) })
            {
                byte[] damaged = [.. whole];
                damaged[at] = b;
                bool isLoaded = TrustBundle.TryParse(damaged, null, out TrustBundle? bundle, out TrustBundleError error);
                (error.Kind == TrustBundleErrorKind.None).Should().Be(isLoaded);
                (!isLoaded || bundle!.Anchors.Length == 2).Should().BeTrue($"byte {at} as {b}");
                loaded += isLoaded ? 1 : 0;
            }
        }

        loaded.Should().BeInRange(1, whole.Length * 5);
    }

    public static TheoryData<string, string> DamagedPem => new()
    {
        { "four dashes", Dashes(s_two.Pem) },
        { "four dashes, old label", Dashes(s_x509) },
        { "four dashes, PKCS #7", Dashes(s_p7Pem) },
        { "two blanks", s_two.Pem.Replace("BEGIN ", "BEGIN  ", StringComparison.Ordinal) },
        { "two blanks, PKCS #7", s_p7Pem.Replace("BEGIN ", "BEGIN  ", StringComparison.Ordinal) },
        { "no blank", s_x509.Replace("BEGIN ", "BEGIN", StringComparison.Ordinal) },
        { "lower case", s_two.Pem.Replace("BEGIN CERTIFICATE", "begin certificate", StringComparison.Ordinal) },
        { "lower case, both lines", Lines(s_two.Pem, line => line.StartsWith('-') ? line.ToLowerInvariant() : line) },
        { "indented", Lines(s_x509, line => "  " + line) },
        { "quoted as in a mail", Lines(s_two.Pem, line => "> " + line) },
        { "quoted as in a mail, old label", Lines(s_x509, line => "> " + line) },
        { "quoted as in a mail, PKCS #7", Lines(s_p7Pem, line => "> " + line) },
        { "commented out, four dashes", Lines(Dashes(s_x509), line => "# " + line) },
        { "commented out, lower case", Lines(s_x509, line => "#" + (line.StartsWith('-') ? line.ToLowerInvariant() : line)) },
        { "text before BEGIN", "two: " + s_x509 },
        { "invisible character before BEGIN", "\u200B" + s_p7Pem },
        { "line separator before BEGIN", "two\u2028" + s_x509 },
        { "carriage return without line feed before BEGIN", "two\r" + s_x509.Replace('\n', '\r') },
        { "junk after the END line", s_two.Pem.TrimEnd() + " # two\n" },
        { "BEGIN after the END line", s_two.Pem.TrimEnd() + s_x509 },
        { "NUL in the commentary", "a\0b\n" + s_two.Pem },
    };

    [Theory, MemberData(nameof(DamagedPem))]
    public void TryParse_NeverSkipsADamagedBlock(string name, string damaged)
    {
        AssertRejected(name, Encoding.UTF8.GetBytes(damaged));
        AssertRejected(name + ", before a valid one", Encoding.UTF8.GetBytes(damaged + s_one.Pem));
        AssertRejected(name + ", after a valid one", Encoding.UTF8.GetBytes(s_one.Pem + damaged));
    }

    [Fact]
    public void TryParse_RejectsPemAndDerInOneFile()
    {
        byte[] pem = Encoding.ASCII.GetBytes(s_one.Pem);

        AssertRejected("PEM, then DER", [.. pem, .. s_two.Der.Span]);
        AssertRejected("DER, then PEM", [.. s_two.Der.Span, .. pem]);
        AssertRejected("DER, then PEM on a line of its own", [.. s_two.Der.Span, (byte)'\n', .. pem]);
        AssertRejected("PKCS #7, then PEM", [.. s_p7Two, .. pem]);
        AssertRejected("PEM, then UTF-16", [.. pem, .. Encoding.Unicode.GetBytes(s_two.Pem)]);
    }

    // A CA could put PEM text into its certificate, so that the DER is not read, or another certificate is read instead.
    [Theory]
    [InlineData("-----BEGIN CERTIFICATE-----")]
    [InlineData("")]
    public void TryParse_ReadsDerThatContainsPemText(string begin)
    {
        byte[] text = Encoding.ASCII.GetBytes($"\n{begin}\n{s_two.Pem}");
        TestCertificateAuthority ca = TestCertificateAuthority.Create(
            TestName.Of(("CN", "one")), new() { Extensions = [new("1.2.3.4", critical: false, text)] });

        TrustBundle.Parse(ca.Der.Span).Anchors.Should().ContainSingle().Which.Subject.Should().Be("/CN=one");
        TrustBundle.Parse(Pkcs7(ca.Der.ToArray())).Anchors.Should().ContainSingle().Which.Subject.Should().Be("/CN=one");
    }

    [Fact]
    public void TryParse_SkipsCommentary()
    {
        using OpenSsl openSsl = new();
        openSsl.File("one.pem", s_one.Pem);
        openSsl.File("two.pem", s_two.Pem);
        openSsl.Do("x509", "-in", "one.pem", "-text", "-out", "one.txt");
        openSsl.Do("x509", "-in", "two.pem", "-text", "-fingerprint", "-sha256", "-out", "two.txt");
        byte[] text =
        [
            .. "# CAs of the clients – the old one first\nBag Attributes\n    friendlyName: one-end\n"u8,
            .. openSsl.ReadFile("one.txt"), .. "\n\t \nsubject=CN = two\n=======\n"u8, .. openSsl.ReadFile("two.txt"), .. "END OF FILE"u8,
        ];

        TrustBundle.Parse(text).Anchors.Select(a => a.Subject).Should().Equal("/CN=one", "/CN=two");
    }

    // Attack: each BEGIN line made the reader search the rest of the file again.
    [Theory]
    [InlineData("-----BEGIN A-----\n")]
    [InlineData("-----BEGIN A-----\nAAAA\n")]
    [InlineData("-----BEGIN ")]
    [InlineData("-----END A-----\n")]
    public void TryParse_AllocatesLinearly_WhenThereAreManyBeginLines(string line)
    {
        byte[] text = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(line, 5_000)));
        AssertRejected(line, text);

        long before = GC.GetAllocatedBytesForCurrentThread();
        _ = TrustBundle.TryParse(text, null, out _, out TrustBundleError error);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        error.Kind.Should().Be(TrustBundleErrorKind.MalformedBlock);
        allocated.Should().BeInRange(0, (text.Length * 8) + 10_000);
    }

    private static void AssertRejected(string name, byte[] data)
    {
        TrustBundle.TryParse(data, null, out TrustBundle? bundle, out TrustBundleError error).Should().BeFalse(name);
        bundle.Should().BeNull();
        error.Kind.Should().NotBe(TrustBundleErrorKind.None);
    }

    // ContentInfo with SignedData (RFC 5652, 5.1) without signers, as OpenSSL's crl2pkcs7 writes it.
    private static byte[] Pkcs7(params byte[][] choices) => Sequence(
        Oid(SignedData),
        Tlv(0xA0, Sequence(
            Tlv(2, [1]), Tlv(0x31), Sequence(Oid(Data)), choices is [] ? [] : Tlv(0xA0, choices), Tlv(0x31))));

    private static string Block(string label, byte[] data) =>
        $"-----BEGIN {label}-----\n{Convert.ToBase64String(data, Base64FormattingOptions.InsertLineBreaks)}\n-----END {label}-----\n";

    private static string Dashes(string pem) => pem.Replace("-----", "----", StringComparison.Ordinal);

    private static string Lines(string text, Func<string, string> change) =>
        string.Concat(text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => change(line) + "\n"));
}
