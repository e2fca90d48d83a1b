using System.Text;
using CertAuth.Certificates;
using CertAuth.Keys;
using CertAuth.Tls;

namespace CertAuth.Tests.Tls;

public sealed class ServerCertificateTests : IDisposable
{
    private static readonly TestCertificate s_server = Loopback.ServerTestCertificate;

    private readonly TempFolder _folder = new();

    private static byte[] Certificates => Encoding.ASCII.GetBytes(s_server.PemWithChain);

    private static byte[] Key => Encoding.ASCII.GetBytes(s_server.PrivateKeyPem);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Parse_ReadsACertificateWithItsKey()
    {
        ServerCertificate certificate = ServerCertificate.Parse(Certificates, Key);

        certificate.Parsed!.Der.ToArray().Should().Equal(s_server.Der.ToArray());
        certificate.NotAfter.Should().Be(certificate.Parsed.NotAfter);
        certificate.NotBefore.Should().Be(certificate.Parsed.NotBefore);
    }

    [Fact]
    public void Parse_ThrowsTheSentenceOfTheError_WhenTheKeyIsMissing()
    {
        bool isParsed = ServerCertificate.TryParse(Certificates, Certificates, out ServerCertificate? certificate, out KeyPairError error);

        isParsed.Should().BeFalse();
        certificate.Should().BeNull();
        error.Kind.Should().Be(KeyPairErrorKind.NoPrivateKey);
        FluentActions.Invoking(() => ServerCertificate.Parse(Certificates, Certificates))
            .Should().ThrowExactly<FormatException>().WithMessage(error.ToString());
    }

    [Fact]
    public void LoadFile_ReadsTwoFilesOrOne()
    {
        string certificates = _folder.Write("cert.pem", Certificates);
        string key = _folder.Write("key.pem", Key);
        string both = _folder.Write("both.pem", [.. Certificates, .. Key]);

        ServerCertificate.LoadFile(certificates, key).Parsed!.Der.ToArray().Should().Equal(s_server.Der.ToArray());
        ServerCertificate.LoadFile(both, both).Parsed!.Der.ToArray().Should().Equal(s_server.Der.ToArray());
    }

    [Fact]
    public void LoadFile_NamesTheFile_WhenItCannotBeUsed()
    {
        string certificates = _folder.Write("cert.pem", Certificates);
        string key = _folder.Write("key.pem", "nothing");
        string large = _folder.Write("large.pem", new string('\n', KeyBounds.MaxFileBytes + 1));

        FluentActions.Invoking(() => ServerCertificate.LoadFile(certificates, key))
            .Should().ThrowExactly<InvalidDataException>().Which.Message.Should().Contain(key);
        FluentActions.Invoking(() => ServerCertificate.LoadFile(large, key))
            .Should().ThrowExactly<InvalidDataException>().Which.Message.Should().Contain(large).And.Contain("1 MiB");
        FluentActions.Invoking(() => ServerCertificate.LoadFile(certificates, _folder["absent.pem"]))
            .Should().ThrowExactly<FileNotFoundException>().Which.FileName.Should().Be(_folder["absent.pem"]);
    }

    [Theory]
    [InlineData(null, "key.pem")]
    [InlineData("", "key.pem")]
    [InlineData("cert.pem", null)]
    [InlineData("cert.pem", "")]
    public void LoadFile_RejectsAnEmptyPath(string? certificateFile, string? keyFile) =>
        FluentActions.Invoking(() => ServerCertificate.LoadFile(certificateFile!, keyFile!)).Should().Throw<ArgumentException>();

    [Fact]
    public void Create_RejectsACertificateWithoutItsKey()
    {
        using var withoutKey = TestCertificateAuthority.Create(TestName.Of(("CN", "ca"))).ToX509Certificate2();

        FluentActions.Invoking(() => ServerCertificate.Create(withoutKey)).Should().ThrowExactly<ArgumentException>();
    }
}
