using System.Text;
using CertAuth.Certificates;
using CertAuth.Keys;

namespace CertAuth.Tests.Certificates;

public sealed class CertificateFileTests : IDisposable
{
    private static readonly TestCertificateAuthority s_ca = TestCertificateAuthority.Create(TestName.Of(("CN", "ca")));
    private static readonly TestCertificate s_leaf = s_ca.IssueServer("db.test");

    // The traditional encrypted form (RFC 1421, 4.6.1.1), which is not read: neither is what follows it.
    private const string EncryptedKey =
        "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\nAAAA\n-----END RSA PRIVATE KEY-----\n";

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Parse_ReturnsTheCertificate() =>
        ParsedCertificate.Parse(s_leaf.Der.Span).Der.ToArray().Should().Equal(s_leaf.Der.ToArray());

    [Fact]
    public void Parse_ThrowsWithTheSentenceOfTryParse_WhenTheDataIsNotACertificate()
    {
        ParsedCertificate.TryParse([0x30, 0], out _, out CertificateError error).Should().BeFalse();

        ((Action)(() => ParsedCertificate.Parse([0x30, 0]))).Should().Throw<FormatException>().WithMessage(error.ToString());
    }

    [Fact]
    public void LoadFile_ReadsDer() => AssertIsLeaf(_folder.Write("leaf", s_leaf.Der.ToArray()));

    [Fact]
    public void LoadFile_ReadsPemWithAPrivateKeyAndComments() =>
        AssertIsLeaf(_folder.Write("leaf", $"a comment\n{s_leaf.PrivateKeyPem}\n{s_leaf.Pem}"));

    [Theory]
    [InlineData("chain", "It holds 2 certificates. Exactly one is expected.")]
    [InlineData("key", "It is a private key.")]
    [InlineData("truncated", "PEM block 1 is malformed. Each BEGIN line needs a matching END line, with base64 between them.")]
    [InlineData("text", "It is neither PEM nor DER.")]
    [InlineData("list in DER", "It is a revocation list (CRL).")]
    [InlineData("empty", "It is neither PEM nor DER.")]
    [InlineData("large", "It is larger than 1 MiB.")]
    [InlineData("encrypted key between", "PEM block 2 is an encrypted private key. Remove it.")]
    [InlineData("encrypted key first", "PEM block 1 is an encrypted private key. Remove it.")]
    public void LoadFile_ThrowsWithTheFileAndTheReason_WhenTheFileIsNotOneCertificate(string content, string reason)
    {
        string file = _folder.Write("bad.pem", content switch
        {
            "chain" => Encoding.ASCII.GetBytes(s_leaf.PemWithChain + s_ca.Pem),
            "key" => Encoding.ASCII.GetBytes(s_leaf.PrivateKeyPem),
            "truncated" => Encoding.ASCII.GetBytes(s_leaf.Pem[..100]),
            "text" => "no certificate"u8.ToArray(),
            "list in DER" => s_ca.IssueRevocationList().Der.ToArray(),
            "empty" => [],
            "encrypted key between" => Encoding.ASCII.GetBytes(s_leaf.Pem + EncryptedKey + s_ca.Pem),
            "encrypted key first" => Encoding.ASCII.GetBytes(EncryptedKey + s_leaf.Pem),
            _ => new byte[KeyBounds.MaxFileBytes + 1],
        });

        Action load = () => ParsedCertificate.LoadFile(file);

        load.Should().Throw<InvalidDataException>().WithMessage($"The certificate file {file} cannot be loaded. {reason}");
    }

    [Fact]
    public void LoadFile_Throws_WhenTheFileDoesNotExistOrThePathIsMissing()
    {
        ((Action)(() => ParsedCertificate.LoadFile(_folder["absent"]))).Should().Throw<FileNotFoundException>();
        ((Action)(() => ParsedCertificate.LoadFile(""))).Should().Throw<ArgumentException>();
        ((Action)(() => ParsedCertificate.LoadFile(null!))).Should().Throw<ArgumentNullException>();
    }

    [Theory]
    [InlineData(0, 10)]
    [InlineData(9, 10)]
    [InlineData(10, 10)]
    [InlineData(11, 10)]
    [InlineData(100_000, 50_000)]
    public void BoundedFile_ReadsAtMostOneByteMoreThanTheLimit(int length, int limit)
    {
        byte[] content = [.. Enumerable.Range(0, length).Select(i => (byte)i)];

        BoundedFile.Read(_folder.Write("file", content), limit).Should().Equal(content.Take(limit + 1));
    }

    private static void AssertIsLeaf(string file) =>
        Convert.ToHexString(ParsedCertificate.LoadFile(file).Der.Span).Should().Be(Convert.ToHexString(s_leaf.Der.Span));
}
