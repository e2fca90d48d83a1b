using System.Security.Cryptography;
using System.Text;
using CertAuth.Certificates;
using CertAuth.Keys;
using CertAuth.Signing;

namespace CertAuth.Tests.Signing;

/// <summary>Signing certificates and key pairs, parsed from memory and loaded from files.</summary>
public sealed class SigningFileTests : IDisposable
{
    private static readonly TestCertificateAuthority s_ca = TestCertificateAuthority.Create(TestName.Of(("CN", "ca")));
    private static readonly TestCertificate s_signer = s_ca.Issue(new() { Subject = TestName.Of(("CN", "proxy")) });
    private static readonly byte[] s_pem = Encoding.ASCII.GetBytes(s_signer.PemWithChain);
    private static readonly byte[] s_key = Encoding.ASCII.GetBytes(s_signer.PrivateKeyPem);
    private static readonly byte[] s_message = "message"u8.ToArray();
    private static readonly SigningOptions s_later = new() { TimeProvider = new FixedClock(TimeProvider.System.GetUtcNow().AddYears(100)) };

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Parse_ReadsAPairAndItsCertificate()
    {
        SigningKeyPair pair = SigningKeyPair.Parse(s_pem, s_key);
        SigningCertificate certificate = SigningCertificate.Parse(s_pem);

        AssertVerifies(pair, certificate);
    }

    [Fact]
    public void LoadFile_LoadsAPairAndItsCertificate()
    {
        string certificateFile = _folder.Write("proxy.pem", s_pem);

        SigningKeyPair pair = SigningKeyPair.LoadFile(certificateFile, _folder.Write("proxy.key", s_key));
        SigningCertificate certificate = SigningCertificate.LoadFile(certificateFile);

        AssertVerifies(pair, certificate);
    }

    [Fact]
    public void LoadFile_LoadsAPair_WhenOneFileHoldsBoth()
    {
        string file = _folder.Write("proxy.pem", [.. s_key, .. s_pem]);

        AssertVerifies(SigningKeyPair.LoadFile(file, file), SigningCertificate.LoadFile(file));
    }

    [Fact]
    public void TryParse_UsesTheClockOfTheOptions()
    {
        SigningKeyPair.TryParse(s_pem, s_key, s_later, out SigningKeyPair? pair, out KeyPairError pairError).Should().BeFalse();
        SigningCertificate.TryParse(s_pem, s_later, out SigningCertificate? certificate, out KeyPairError error).Should().BeFalse();

        (pairError.Kind, error.Kind).Should().Be((KeyPairErrorKind.Expired, KeyPairErrorKind.Expired));
        pair.Should().BeNull();
        certificate.Should().BeNull();
    }

    [Fact]
    public void Parse_StatesTheReason_WhenTheCertificateHasExpired()
    {
        FluentActions.Invoking(() => SigningKeyPair.Parse(s_pem, s_key, s_later))
            .Should().Throw<FormatException>().WithMessage("*expired*");
        FluentActions.Invoking(() => SigningCertificate.Parse(s_pem, s_later))
            .Should().Throw<FormatException>().WithMessage("*expired*");
    }

    [Fact]
    public void LoadFile_NamesTheFiles_WhenTheKeyIsOfAnotherCertificate()
    {
        string certificateFile = _folder.Write("proxy.pem", s_pem);
        string keyFile = _folder.Write("other.key", s_ca.Key.PrivateKeyPem);

        FluentActions.Invoking(() => SigningKeyPair.LoadFile(certificateFile, keyFile))
            .Should().Throw<InvalidDataException>().WithMessage($"*{keyFile}*{certificateFile}*");
    }

    [Fact]
    public void LoadFile_NamesTheFile_WhenItHoldsNoCertificate()
    {
        string file = _folder.Write("proxy.key", s_key);

        FluentActions.Invoking(() => SigningCertificate.LoadFile(file)).Should().Throw<InvalidDataException>().WithMessage($"*{file}*");
    }

    [Fact]
    public void LoadFile_Throws_WhenTheFileIsMissing()
    {
        FluentActions.Invoking(() => SigningCertificate.LoadFile(_folder["none.pem"])).Should().Throw<FileNotFoundException>();
        FluentActions.Invoking(() => SigningKeyPair.LoadFile(_folder.Write("proxy.pem", s_pem), _folder["none.key"]))
            .Should().Throw<FileNotFoundException>();
    }

    [Fact]
    public void Options_AreRejected_WhenTheClockIsNull()
    {
        SigningOptions none = new() { TimeProvider = null! };

        FluentActions.Invoking(() => SigningCertificate.Parse(s_pem, none)).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => SigningKeyPair.Parse(s_pem, s_key, none)).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => SigningCertificateRing.Create(SigningCertificate.Parse(s_pem), none))
            .Should().Throw<ArgumentException>();
    }

    [Fact]
    public void Ring_UsesTheClockOfTheOptions()
    {
        SigningCertificate certificate = SigningCertificate.Parse(s_pem);

        SigningCertificateRing.Create(certificate).Accepted.Should().Equal(certificate);
        SigningCertificateRing.Create(certificate, s_later).Accepted.Should().BeEmpty();
    }

    private static void AssertVerifies(SigningKeyPair pair, SigningCertificate certificate)
    {
        byte[] buffer = new byte[KeyBounds.MaxSignatureBytes];
        ReadOnlySpan<byte> signature = buffer.AsSpan(0, pair.Sign(s_message, buffer));
        certificate.Verify(s_message, signature).Should().BeTrue();
        pair.Certificate.Sha256.ToArray().Should().Equal(SHA256.HashData(s_signer.Der.Span));
        certificate.Certificate.Sha256.ToArray().Should().Equal(SHA256.HashData(s_signer.Der.Span));
    }
}
