using System.Text;
using CertAuth.Trust;

namespace CertAuth.Tests.Trust;

public sealed class BundleFileTests : IDisposable
{
    private static readonly TestCertificateAuthority s_ca = TestCertificateAuthority.Create(TestName.Of(("CN", "ca")));

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void LoadFile_ReadsPem()
    {
        string file = _folder.Write("ca.pem", s_ca.Pem + s_ca.Rotate().Pem);

        TrustBundle.LoadFile(file).Anchors.Select(anchor => anchor.Subject).Should().Equal("/CN=ca", "/CN=ca");
    }

    [Fact]
    public void LoadFile_ReadsDer()
    {
        string file = Path.Combine(_folder.Path, "ca.der");
        File.WriteAllBytes(file, s_ca.Der.ToArray());

        TrustBundle.LoadFile(file).Anchors.Should().ContainSingle().Which.Certificate.Der.ToArray().Should().Equal(s_ca.Der.ToArray());
    }

    [Fact]
    public void LoadFile_AppliesOptions()
    {
        string file = _folder.Write("ca.pem", s_ca.Pem);

        TrustBundle.LoadFile(file, new() { Purpose = CertificatePurpose.ServerAuthentication }).Purpose
            .Should().Be(CertificatePurpose.ServerAuthentication);
        FluentActions.Invoking(() => TrustBundle.LoadFile(file, new() { MaxIntermediates = -1 }))
            .Should().ThrowExactly<ArgumentException>();
    }

    [Fact]
    public void LoadFile_NamesPathAndPosition_WhenContentIsMalformed()
    {
        string file = _folder.Write("ca.pem", "-----BEGIN CERTIFICATE-----\nAAAA\n");

        FluentActions.Invoking(() => TrustBundle.LoadFile(file)).Should().ThrowExactly<InvalidDataException>().WithMessage(
            $"The trust bundle '{file}' cannot be loaded. PEM block 1 at line 1 is malformed. "
            + "Each BEGIN line needs a matching END line, with base64 between them.");
    }

    [Fact]
    public void LoadFile_Throws_WhenTheFileIsTooLarge()
    {
        string file = _folder.Write("ca.pem", s_ca.Pem);
        using (FileStream stream = File.OpenWrite(file))
            stream.SetLength(TrustBounds.MaxBundleBytes + 1L);

        FluentActions.Invoking(() => TrustBundle.LoadFile(file))
            .Should().ThrowExactly<InvalidDataException>().WithMessage("*exceeds a limit*");
    }

    [Fact]
    public void LoadFile_Throws_WhenTheFileDoesNotExist()
    {
        FluentActions.Invoking(() => TrustBundle.LoadFile(Path.Combine(_folder.Path, "none.pem")))
            .Should().ThrowExactly<FileNotFoundException>();
        FluentActions.Invoking(() => TrustBundle.LoadFile("")).Should().ThrowExactly<ArgumentException>();
        FluentActions.Invoking(() => TrustBundle.LoadFile(null!)).Should().ThrowExactly<ArgumentNullException>();
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(99, 99)]
    [InlineData(100, 100)]
    [InlineData(101, 101)]
    [InlineData(102, 101)]
    [InlineData(100_000, 101)]
    public void BoundedFile_ReadsAtMostOneByteMoreThanTheMaximum(int length, int expected)
    {
        string file = _folder.Write("file", new string('x', length));

        Encoding.ASCII.GetString(BoundedFile.Read(file, maxBytes: 100)).Should().Be(new string('x', expected));
    }
}
