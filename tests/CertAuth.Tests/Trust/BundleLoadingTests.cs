using System.Text;
using CertAuth.Certificates;
using CertAuth.Trust;

namespace CertAuth.Tests.Trust;

public sealed class BundleLoadingTests
{
    private static readonly TestCertificateAuthority s_one = TestCertificateAuthority.Create(TestName.Of(("CN", "one")));
    private static readonly TestCertificateAuthority s_two = TestCertificateAuthority.Create(TestName.Of(("CN", "two")));
    private static readonly string s_base64 = Convert.ToBase64String(s_one.Der.Span, Base64FormattingOptions.InsertLineBreaks);

    public static TheoryData<string, string, int> Readable => new()
    {
        { "one", s_one.Pem, 1 },
        { "two", s_one.Pem + s_two.Pem, 2 },
        { "three, one repeated", s_one.Pem + s_two.Pem + s_one.Pem, 2 },
        { "text around", "# the old CA\n" + s_one.Pem + "\nsubject=CN = two\n\n" + s_two.Pem + "end of file", 2 },
        { "CRLF", (s_one.Pem + s_two.Pem).Replace("\n", "\r\n", StringComparison.Ordinal), 2 },
        { "byte order mark", "\uFEFF" + s_one.Pem, 1 },
        { "no line feed at the end", s_one.Pem.TrimEnd(), 1 },
        { "OpenSSL's old label", s_one.Pem.Replace(" CERTIFICATE", " X509 CERTIFICATE", StringComparison.Ordinal), 1 },
    };

    public static TheoryData<string, string, TrustBundleError> Malformed => new()
    {
        { "empty", "", new(TrustBundleErrorKind.NoCertificate) },
        { "white space", " \n\n", new(TrustBundleErrorKind.NoCertificate) },
        { "prose", "no certificate here", new(TrustBundleErrorKind.NoCertificate) },
        { "malformed base64", s_one.Pem + Block("CERTIFICATE", "MII%"), new(TrustBundleErrorKind.MalformedBlock, 2, Lines(s_one.Pem) + 1) },
        { "base64 of odd length", Block("CERTIFICATE", "MII"), new(TrustBundleErrorKind.MalformedBlock, 1, 1) },
        { "missing END", "\n" + s_one.Pem[..^30], new(TrustBundleErrorKind.MalformedBlock, 1, 2) },
        { "missing END, then a valid one", s_one.Pem[..^30] + "\n" + s_two.Pem, new(TrustBundleErrorKind.MalformedBlock, 1, 1) },
        { "missing BEGIN", s_base64 + "\n-----END CERTIFICATE-----", new(TrustBundleErrorKind.MalformedBlock, 1, Lines(s_base64) + 2) },
        {
            "missing BEGIN after a valid one", s_one.Pem + "TUlJ\n-----END CERTIFICATE-----\n",
            new(TrustBundleErrorKind.MalformedBlock, 2, Lines(s_one.Pem) + 2)
        },
        { "damaged dashes", "\n\n" + s_one.Pem[1..], new(TrustBundleErrorKind.MalformedBlock, 1, 3) },
        { "damaged dashes before a valid one", s_one.Pem[1..] + s_two.Pem, new(TrustBundleErrorKind.MalformedBlock, 1, 1) },
        {
            "damaged dashes after a valid one", s_one.Pem + s_two.Pem[1..],
            new(TrustBundleErrorKind.MalformedBlock, 2, Lines(s_one.Pem) + 1)
        },
        {
            "other label at the END", s_one.Pem.Replace("END CERTIFICATE", "END X509 CRL", StringComparison.Ordinal),
            new(TrustBundleErrorKind.MalformedBlock, 1, 1)
        },
        {
            "unknown block", s_one.Pem + Block("X509 CRL", s_base64),
            new(TrustBundleErrorKind.UnexpectedBlock, 2, Lines(s_one.Pem) + 1, "It is a revocation list (CRL).")
        },
        { "OpenSSL's trusted certificate", Block("TRUSTED CERTIFICATE", s_base64), new(TrustBundleErrorKind.UnexpectedBlock, 1, 1) },
        { "private key", s_one.Pem + s_one.Key.PrivateKeyPem, new(TrustBundleErrorKind.PrivateKey, 2, Lines(s_one.Pem) + 1) },
        { "RSA private key", Block("RSA PRIVATE KEY", s_base64), new(TrustBundleErrorKind.PrivateKey, 1, 1) },
        {
            "encrypted private key", Block("ENCRYPTED PRIVATE KEY", s_base64),
            new(TrustBundleErrorKind.PrivateKey, 1, 1, "It is encrypted.")
        },
        { "no content", Block("CERTIFICATE", ""), new(TrustBundleErrorKind.MalformedCertificate, 1, 1, Detail([])) },
        {
            "trailing bytes in the block", s_one.Pem + Block("CERTIFICATE", Convert.ToBase64String([.. s_two.Der.Span, 0])),
            new(TrustBundleErrorKind.MalformedCertificate, 2, Lines(s_one.Pem) + 1, Detail([.. s_two.Der.Span, 0]))
        },
        { "malformed PKCS #7", Block("PKCS7", s_base64), new(TrustBundleErrorKind.MalformedPkcs7, 1, 1) },
    };

    [Theory, MemberData(nameof(Readable))]
    public void TryParse_ReadsEveryBlock(string name, string text, int count)
    {
        bool loaded = TrustBundle.TryParse(Encoding.UTF8.GetBytes(text), null, out TrustBundle? bundle, out TrustBundleError error);

        loaded.Should().BeTrue($"{name}: {error}");
        bundle!.Anchors.Select(a => a.Subject).Concat(["/CN=two"]).Take(2).Should().Equal("/CN=one", "/CN=two");
        bundle.Anchors.Length.Should().Be(count);
    }

    [Theory, MemberData(nameof(Malformed))]
    public void TryParse_ReportsTheMalformedBlock(string name, string text, TrustBundleError expected)
    {
        bool loaded = TrustBundle.TryParse(Encoding.UTF8.GetBytes(text), null, out TrustBundle? bundle, out TrustBundleError error);

        loaded.Should().BeFalse(name);
        bundle.Should().BeNull();
        error.Should().Be(expected);
        error.ToString().Contains($"PEM block {expected.Index} at line {expected.Line}", StringComparison.Ordinal)
            .Should().Be(expected.Index > 0);
    }

    [Fact]
    public void TryParse_ReadsDer()
    {
        TrustAnchor anchor = TrustBundle.Parse(s_one.Der.Span).Anchors.Should().ContainSingle().Which;

        anchor.Certificate.Der.ToArray().Should().Equal(s_one.Der.ToArray());
    }

    [Fact]
    public void TryParse_RejectsTrailingBytesAfterDer()
    {
        TrustBundle.TryParse([.. s_one.Der.Span, .. s_two.Der.Span], null, out _, out TrustBundleError error).Should().BeFalse();

        error.Kind.Should().Be(TrustBundleErrorKind.MalformedCertificate);
    }

    [Theory]
    [InlineData("DER")]
    [InlineData("PEM")]
    public void TryParse_ReadsPkcs7OfOpenSsl(string format)
    {
        using OpenSsl openSsl = new();
        openSsl.File("both.pem", s_one.Pem + s_two.Pem);
        (int exitCode, string output) = openSsl.Run("crl2pkcs7", "-nocrl", "-certfile", "both.pem", "-outform", format, "-out", "both.p7b");
        exitCode.Should().Be(0, output);

        TrustBundle bundle = TrustBundle.Parse(openSsl.ReadFile("both.p7b"));

        bundle.Anchors.Select(a => a.Subject).Order().Should().Equal("/CN=one", "/CN=two");
    }

    [Fact]
    public void TryParse_RejectsPkcs7WithoutCertificates()
    {
        using OpenSsl openSsl = new();
        openSsl.File("none.pem", "");
        openSsl.Run("crl2pkcs7", "-nocrl", "-outform", "DER", "-out", "none.p7b");

        TrustBundle.TryParse(openSsl.ReadFile("none.p7b"), null, out _, out TrustBundleError error).Should().BeFalse();

        error.Kind.Should().Be(TrustBundleErrorKind.NoCertificate);
    }

    [Fact]
    public void TryParse_RejectsABundleOverItsLimits()
    {
        byte[] large = new byte[TrustBounds.MaxBundleBytes + 1];
        byte[] many = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(s_one.Pem, TrustBounds.MaxBundleCertificates + 1)));

        TrustBundle.TryParse(large, null, out _, out TrustBundleError tooLarge).Should().BeFalse();
        TrustBundle.TryParse(many, null, out _, out TrustBundleError tooMany).Should().BeFalse();

        tooLarge.Should().Be(new TrustBundleError(TrustBundleErrorKind.TooLarge));
        (tooMany.Kind, tooMany.Index).Should().Be((TrustBundleErrorKind.TooLarge, TrustBounds.MaxBundleCertificates + 1));
    }

    [Fact]
    public void Parse_ReportsReasonAndPosition()
    {
        FormatException e = FluentActions.Invoking(() => TrustBundle.Parse(Encoding.ASCII.GetBytes(s_one.Pem + s_one.Key.PrivateKeyPem)))
            .Should().ThrowExactly<FormatException>().Which;

        e.Message.Should().Contain($"PEM block 2 at line {Lines(s_one.Pem) + 1} contains a private key.");
    }

    private static string Block(string label, string base64) => $"-----BEGIN {label}-----\n{base64}\n-----END {label}-----\n";

    private static int Lines(string text) => text.Count(c => c == '\n');

    private static string Detail(byte[] der)
    {
        ParsedCertificate.TryParse(der, out _, out CertificateError error).Should().BeFalse();
        return error.ToString();
    }
}
