using System.Diagnostics;
using System.Text;
using CertAuth.Certificates;
using CertAuth.Signing;
using CertAuth.Tls;
using CertAuth.Trust;

namespace CertAuth.Tests.Certificates;

/// <summary>Files that the openssl command writes: those that can be read, and those of other formats, which the error names.</summary>
public sealed class OpenSslFileTests : IDisposable
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(1);
    private static readonly TestCertificateAuthority s_ca = TestCertificateAuthority.Create(TestName.Of(("CN", "ca")));
    private static readonly TestCertificate s_server = s_ca.IssueServer("db.test");

    private readonly OpenSsl _openSsl = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _openSsl.Dispose();

    // Regression: "---" before each part of the output was reported as malformed PEM.
    [Theory]
    [InlineData("-tls1_2")]
    [InlineData("-tls1_3")]
    public async Task TryParse_AcceptsTheOutputOfSClient(string version)
    {
        string output = await ShowCertificatesAsync(version);
        output.Should().Contain("\n---\n").And.Contain("Certificate chain");

        byte[] file = Encoding.UTF8.GetBytes(output);
        TrustBundle.TryParse(file, null, out TrustBundle? bundle, out TrustBundleError error).Should().BeTrue("{0}", error);
        bundle!.Anchors.Select(anchor => Convert.ToHexString(anchor.Certificate.Der.Span))
            .Should().Equal(Convert.ToHexString(s_server.Der.Span), Convert.ToHexString(s_ca.Der.Span));

        byte[] key = Encoding.ASCII.GetBytes(s_server.PrivateKeyPem);
        ServerCertificate.TryParse(file, key, out _, out KeyPairError fault).Should().BeTrue("{0}", fault);
    }

    // The output has lines such as "Bag Attributes" and "Key Attributes" between the blocks.
    [Fact]
    public void TryParse_AcceptsTheOutputOfPkcs12()
    {
        _openSsl.Do("pkcs12", "-in", WritePkcs12(), "-passin", "pass:", "-nodes", "-out", "both.pem");
        byte[] both = _openSsl.ReadFile("both.pem");
        Encoding.UTF8.GetString(both).Should().Contain("Bag Attributes");

        ServerCertificate.TryParse(both, both, out _, out KeyPairError error).Should().BeTrue("{0}", error);
    }

    // Regression: an encrypted key was reported as malformed PEM.
    [Theory]
    [InlineData("genrsa -traditional -aes256 -passout pass:secret -out key.pem 2048")]
    [InlineData("genrsa -traditional -des3 -passout pass:secret -out key.pem 2048")]
    [InlineData("genrsa -aes256 -passout pass:secret -out key.pem 2048")]
    public void TryParse_ReportsAnEncryptedKey(string command)
    {
        _openSsl.Do(command.Split(' '));
        string key = Encoding.ASCII.GetString(_openSsl.ReadFile("key.pem"));
        int line = s_ca.Pem.Count(c => c == '\n') + 1;

        byte[] both = Encoding.ASCII.GetBytes(s_ca.Pem + key);
        TrustBundle.TryParse(both, null, out _, out TrustBundleError error).Should().BeFalse();
        error.Should().Be(new TrustBundleError(TrustBundleErrorKind.PrivateKey, 2, line, "It is encrypted."));

        SigningCertificate.TryParseAt(both, DateTimeOffset.UnixEpoch, out _, out KeyPairError fault).Should().BeFalse();
        (fault.Kind, fault.Index).Should().Be((KeyPairErrorKind.EncryptedPrivateKey, 2));

        GetRevocationListError(Encoding.ASCII.GetBytes(key)).Should().Contain("encrypted private key");
    }

    [Fact]
    public void TryParse_ReportsAMalformedBlock_WhenAKeyIsTruncated()
    {
        _openSsl.Do("genrsa", "-traditional", "-out", "key.pem", "2048");
        string cut = Encoding.ASCII.GetString(_openSsl.ReadFile("key.pem"))[..200];

        TrustBundle.TryParse(Encoding.ASCII.GetBytes(cut), null, out _, out TrustBundleError error).Should().BeFalse();
        error.Kind.Should().Be(TrustBundleErrorKind.MalformedBlock);
    }

    // Regression: each format was reported as a missing certificate or as malformed PEM.
    [Theory]
    [InlineData("PKCS #12", "It is PKCS #12 (PFX); convert it with: openssl pkcs12")]
    [InlineData("certificate in DER", "It is a certificate in DER; convert it with: openssl x509 -inform DER")]
    [InlineData("CSR in DER", "It is a certificate signing request (CSR);")]
    [InlineData("CSR in PEM", "It is a certificate signing request (CSR);")]
    [InlineData("CRL in DER", "It is a revocation list (CRL).")]
    [InlineData("CRL in PEM", "It is a revocation list (CRL).")]
    [InlineData("PKCS #7 in DER", "It is PKCS #7 in DER; convert it with: openssl pkcs7 -inform DER")]
    [InlineData("PKCS #7 in PEM", "It is PKCS #7.")]
    [InlineData("PKCS #8 in DER", "It is a private key in DER; convert it with: openssl pkey -inform DER")]
    [InlineData("PKCS #1 in DER", "It is a private key in DER; convert it with: openssl pkey -inform DER")]
    [InlineData("SEC 1 in DER", "It is a private key in DER; convert it with: openssl pkey -inform DER")]
    [InlineData("public key in DER", "It is a public key.")]
    [InlineData("public key in PEM", "It is a public key.")]
    [InlineData("UTF-16", "It is text in UTF-16; save it as UTF-8.")]
    public void TryParse_NamesTheFormat_WhenPemIsExpected(string format, string sentence)
    {
        byte[] file = Write(format);
        byte[] key = Encoding.ASCII.GetBytes(s_server.PrivateKeyPem);
        byte[] certificate = Encoding.ASCII.GetBytes(s_server.Pem);

        ServerCertificate.TryParse(file, key, out _, out KeyPairError error).Should().BeFalse();
        ServerCertificate.TryParse(certificate, file, out _, out KeyPairError keyError).Should().BeFalse();

        error.ToString().Should().Contain(sentence);
        keyError.ToString().Should().Contain(sentence);
        (error.File, keyError.File).Should().Be((KeyPairFile.Certificate, KeyPairFile.PrivateKey));
    }

    [Theory]
    [InlineData("PKCS #12", TrustBundleErrorKind.OtherFormat, "extract its certificates with: openssl pkcs12 -in FILE -nokeys")]
    [InlineData("CSR in DER", TrustBundleErrorKind.OtherFormat, "It is a certificate signing request (CSR);")]
    [InlineData("CSR in PEM", TrustBundleErrorKind.UnexpectedBlock, "It is a certificate signing request (CSR);")]
    [InlineData("CRL in DER", TrustBundleErrorKind.OtherFormat, "It is a revocation list (CRL).")]
    [InlineData("CRL in PEM", TrustBundleErrorKind.UnexpectedBlock, "It is a revocation list (CRL).")]
    [InlineData("PKCS #8 in DER", TrustBundleErrorKind.PrivateKey, "The trust bundle contains a private key.")]
    [InlineData("encrypted PKCS #8 in DER", TrustBundleErrorKind.PrivateKey, "It is encrypted.")]
    [InlineData("public key in PEM", TrustBundleErrorKind.UnexpectedBlock, "It is a public key.")]
    [InlineData("UTF-16", TrustBundleErrorKind.OtherFormat, "It is text in UTF-16;")]
    public void TryParse_NamesTheFormat_WhenABundleIsExpected(string format, TrustBundleErrorKind kind, string sentence)
    {
        TrustBundle.TryParse(Write(format), null, out _, out TrustBundleError error).Should().BeFalse();

        error.Kind.Should().Be(kind);
        error.ToString().Should().Contain(sentence).And.EndWith(".");
    }

    [Theory]
    [InlineData("PKCS #12", "It is PKCS #12 (PFX);")]
    [InlineData("certificate in DER", "It is not a revocation list. It is a certificate in DER;")]
    [InlineData("certificate in PEM", "Its label is not X509 CRL. It is a certificate.")]
    [InlineData("CSR in DER", "It is a certificate signing request (CSR);")]
    [InlineData("UTF-16", "It is text in UTF-16;")]
    public void TryParse_NamesTheFormat_WhenARevocationListIsExpected(string format, string sentence) =>
        GetRevocationListError(Write(format)).Should().Contain(sentence).And.EndWith(".");

    // A file that can be read must never be recognized as another format.
    [Fact]
    public void Recognize_ReturnsTheFormatOfReadableFiles()
    {
        FileFormats.Recognize(s_ca.Der.Span).Should().Be(FileFormat.Certificate);
        FileFormats.Recognize(Write("version 1 in DER")).Should().Be(FileFormat.Certificate);
        FileFormats.Recognize(Write("CRL in DER")).Should().Be(FileFormat.RevocationList);
        FileFormats.Recognize(Write("PKCS #7 in DER")).Should().Be(FileFormat.Pkcs7);
        FileFormats.Recognize([]).Should().Be(FileFormat.Unknown);
        FileFormats.Recognize([0x30, 0x80, 2, 1, 3, 0x30, 0x80]).Should().Be(FileFormat.Pkcs12);
    }

    private static string GetRevocationListError(byte[] file)
    {
        TrustBundle.TryParse(s_ca.Der.Span, new() { RevocationLists = [file] }, out _, out TrustBundleError error).Should().BeFalse();
        error.Kind.Should().Be(TrustBundleErrorKind.MalformedRevocationList);
        return error.ToString();
    }

    private string WritePkcs12()
    {
        _openSsl.Do(
            "pkcs12", "-export", "-in", _openSsl.File("cert.pem", s_server.Pem), "-inkey", _openSsl.File("key.pem", s_server.PrivateKeyPem),
            "-passout", "pass:", "-out", "out");
        return "out";
    }

    private byte[] Write(string format)
    {
        string key = _openSsl.File("key.pem", s_server.PrivateKeyPem), cert = _openSsl.File("cert.pem", s_server.Pem);
        string list = _openSsl.File("list.pem", s_ca.IssueRevocationList().Pem);
        string encoding = format.EndsWith("DER", StringComparison.Ordinal) ? "DER" : "PEM";
        switch (format)
        {
            case "PKCS #12":
                WritePkcs12();
                break;
            case "UTF-16":
                return [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(s_server.Pem)];
            case "certificate in DER" or "certificate in PEM":
                _openSsl.Do("x509", "-in", cert, "-outform", encoding, "-out", "out");
                break;
            case "version 1 in DER":
                Request("PEM");
                _openSsl.Do("x509", "-req", "-in", "out", "-key", key, "-outform", encoding, "-out", "v1");
                return _openSsl.ReadFile("v1");
            case "CSR in DER" or "CSR in PEM":
                Request(encoding);
                break;
            case "CRL in DER" or "CRL in PEM":
                _openSsl.Do("crl", "-in", list, "-outform", encoding, "-out", "out");
                break;
            case "PKCS #7 in DER" or "PKCS #7 in PEM":
                _openSsl.Do("crl2pkcs7", "-nocrl", "-certfile", cert, "-outform", encoding, "-out", "out");
                break;
            case "PKCS #8 in DER":
                _openSsl.Do("pkcs8", "-topk8", "-nocrypt", "-in", key, "-outform", encoding, "-out", "out");
                break;
            case "encrypted PKCS #8 in DER":
                _openSsl.Do("pkcs8", "-topk8", "-passout", "pass:secret", "-in", key, "-outform", encoding, "-out", "out");
                break;
            case "PKCS #1 in DER":
                _openSsl.Do("genrsa", "-out", "rsa.pem", "2048");
                _openSsl.Do("rsa", "-in", "rsa.pem", "-traditional", "-outform", encoding, "-out", "out");
                break;
            case "SEC 1 in DER":
                _openSsl.Do("ec", "-in", key, "-outform", encoding, "-out", "out");
                break;
            case "public key in DER" or "public key in PEM":
                _openSsl.Do("pkey", "-in", key, "-pubout", "-outform", encoding, "-out", "out");
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(format), format, "The format is unknown.");
        }

        return _openSsl.ReadFile("out");

        void Request(string of) => _openSsl.Do("req", "-new", "-key", key, "-subj", "/CN=db.test", "-outform", of, "-out", "out");
    }

    private async Task<string> ShowCertificatesAsync(string version)
    {
        using Process server = _openSsl.Start(
            "s_server", "-accept", "127.0.0.1:0", "-naccept", "1", "-cert", _openSsl.File("server.pem", s_server.Pem),
            "-key", _openSsl.File("server-key.pem", s_server.PrivateKeyPem), "-cert_chain", _openSsl.File("ca.pem", s_ca.Pem));
        Task<string> errors = server.StandardError.ReadToEndAsync(Cancellation);
        try
        {
            string? line;
            do
                line = await server.StandardOutput.ReadLineAsync(Cancellation).AsTask().WaitAsync(s_limit, Cancellation);
            while (line?.StartsWith("ACCEPT ", StringComparison.Ordinal) == false);
            line.Should().NotBeNull("the server listens");

            return _openSsl.Run("s_client", "-connect", line![7..], "-showcerts", version).Output;
        }
        finally
        {
            server.Kill();
            await errors;
        }
    }
}
