using CertAuth.Certificates;
using CertAuth.Reloading;
using CertAuth.Signing;
using CertAuth.Tls;

namespace CertAuth.Tests.Reloading;

/// <summary>The messages about a certificate and its key name the files, because an operator has several pairs.</summary>
public sealed class KeyPairMessageTests : IDisposable
{
    private static readonly TestCertificateAuthority s_ca = TestCertificateAuthority.Create(TestName.Of(("CN", "ca")));
    private static readonly TestCertificate s_good = s_ca.Issue(new() { Subject = TestName.Of(("CN", "good")) });
    private static readonly DateTimeOffset s_past = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly TempFolder _folder = new();
    private readonly string _certificate;
    private readonly string _key;

    public KeyPairMessageTests() =>
        (_certificate, _key) = (_folder.Write("tls.crt", s_good.Pem), _folder.Write("tls.key", s_good.PrivateKeyPem));

    private static ReloadOptions Options => new() { SettleDelay = TimeSpan.Zero };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Message_NamesBothFiles_WhenTheKeyIsOfAnotherCertificate()
    {
        _folder.Write("tls.key", s_ca.Key.PrivateKeyPem);
        string expected = $"The private key in {_key} does not belong to the first certificate in {_certificate}. "
            + "One of the two files may not have been replaced yet.";

        (await MessageAsync(Server)).Should().Be($"server-certificate: {expected}");
        (await MessageAsync(SigningPair)).Should().Be($"signing-key-pair: {expected}");
    }

    [Fact]
    public async Task Message_NamesTheFile_WhenTheCertificateIsMalformed()
    {
        _folder.Write("tls.crt", s_good.Pem[..100]);
        string expected =
            $"The PEM in block 1 of {_certificate} is malformed. Each BEGIN line needs a matching END line, with base64 between them.";

        (await MessageAsync(Server)).Should().Be($"server-certificate: {expected}");
        (await MessageAsync(SigningPair)).Should().Be($"signing-key-pair: {expected}");
        (await MessageAsync(Ring)).Should().Be($"signing-certificate-ring: {expected}");
    }

    [Fact]
    public async Task Message_NamesTheFile_WhenTheKeyIsMissing()
    {
        _folder.Write("tls.key", s_good.Pem);

        (await MessageAsync(Server)).Should().Be($"server-certificate: Exactly one private key is expected in {_key}. It holds 0.");
    }

    [Fact]
    public async Task Message_NamesTheFile_WhenTheCertificateHasExpired()
    {
        TestName name = TestName.Of(("CN", "expired"));
        TestCertificate expired = s_ca.Issue(new() { Subject = name, NotBefore = s_past, NotAfter = s_past.AddDays(1) });
        _folder.Write("tls.crt", expired.Pem);
        _folder.Write("tls.key", expired.PrivateKeyPem);

        (await MessageAsync(SigningPair)).Should().StartWith($"signing-key-pair: The certificate in {_certificate} has expired. ");
        (await MessageAsync(Ring)).Should().StartWith($"signing-certificate-ring: The certificate in {_certificate} has expired. ");
    }

    [Fact]
    public async Task Message_NamesTheFiles_WhenAReloadFails()
    {
        using Reloadable<ServerCertificate> server =
            await ServerCertificate.OpenAsync(_certificate, _key, Options, TestContext.Current.CancellationToken);
        _folder.Replace("tls.key", s_ca.Key.PrivateKeyPem);

        ReloadResult result = await server.ReloadAsync(TestContext.Current.CancellationToken);

        result.Problem.Should().StartWith($"The private key in {_key} does not belong to the first certificate in {_certificate}.");
    }

    [Fact]
    public void ToString_NamesTheFilesForEveryKind()
    {
        foreach (KeyPairErrorKind kind in Enum.GetValues<KeyPairErrorKind>().Where(kind => kind != KeyPairErrorKind.None))
        {
            foreach (KeyPairFile file in (KeyPairFile[])[KeyPairFile.Certificate, KeyPairFile.PrivateKey])
                new KeyPairError(kind, file, 0, null).ToString("a.crt", "a.key").Should().ContainAny("a.crt", "a.key");
        }
    }

    private Task Server() => ServerCertificate.OpenAsync(_certificate, _key, Options, TestContext.Current.CancellationToken);

    private Task SigningPair() => SigningKeyPair.OpenAsync(_certificate, _key, Options, TestContext.Current.CancellationToken);

    private Task Ring() => SigningCertificateRing.OpenAsync(_certificate, Options, TestContext.Current.CancellationToken);

    private static async Task<string> MessageAsync(Func<Task> open) =>
        (await open.Should().ThrowAsync<InvalidDataException>()).Which.Message;
}
