using CertAuth.Reloading;
using CertAuth.Signing;
using CertAuth.Tls;
using CertAuth.Trust;

namespace CertAuth.Tests.Reloading;

public sealed class ReloadableTests : IDisposable
{
    private static readonly TestName s_caName = TestName.Of(("C", "US"), ("CN", "ca"));

    private readonly RotationScene _scene = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _scene.Dispose();

    [Fact]
    public async Task TrustBundle_IsReplaced_WhenItsFileChanges()
    {
        TestCertificateAuthority old = TestCertificateAuthority.Create(s_caName);
        TestCertificateAuthority next = old.Rotate();
        TestCertificate client = next.IssueClient(TestName.Of(("CN", "alice")));
        Reloadable<TrustBundle> bundle = await _scene.OpenBundleAsync(old);
        bundle.Current.VerifyChain(client).Should().Be(RejectionReason.CertificateBadSignature);

        _scene.PutCas(old, next);
        ReloadResult result = await bundle.ReloadAsync(Cancellation);

        result.Outcome.Should().Be(ReloadOutcome.Loaded);
        bundle.Current.VerifyChain(client).Should().Be(RejectionReason.None);
    }

    [Fact]
    public async Task ServerCertificate_IsReplacedWithItsKey()
    {
        TestCertificate first = Loopback.IssueServerCertificate();
        TestCertificate second = Loopback.IssueServerCertificate();
        Reloadable<ServerCertificate> server = await _scene.OpenServerCertificateAsync(first);
        ServerCertificate inUse = server.Current;

        _scene.Folder.Replace("tls.crt", second.PemWithChain);
        ReloadResult half = await server.ReloadAsync(Cancellation);
        half.Outcome.Should().Be(ReloadOutcome.Failed);
        half.Problem.Should().Contain("does not belong to the first certificate");
        server.Current.Should().BeSameAs(inUse);

        _scene.PutServerCertificate(second);
        (await server.ReloadAsync(Cancellation)).Outcome.Should().Be(ReloadOutcome.Loaded);
        server.Current.Should().NotBeSameAs(inUse);
    }

    [Fact]
    public async Task SameContent_DoesNotReplaceTheMaterial()
    {
        TestTokenKey key = TestTokenKey.Create("k", SignatureAlgorithm.ES256);
        Reloadable<TokenKeySet> keys = await _scene.OpenTokenKeysAsync(key);
        TokenKeySet inUse = keys.Current;

        _scene.PutTokenKeys(key);
        (await keys.ReloadAsync(Cancellation)).Outcome.Should().Be(ReloadOutcome.Unchanged);
        keys.Current.Should().BeSameAs(inUse);
    }
}
