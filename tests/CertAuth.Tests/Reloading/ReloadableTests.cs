using System.Text;
using CertAuth.Reloading;
using CertAuth.Signing;
using CertAuth.Testing;
using CertAuth.Tests.Support;
using CertAuth.Tls;
using CertAuth.Trust;
using FluentAssertions;

namespace CertAuth.Tests.Reloading;

public sealed class ReloadableTests : IDisposable
{
    private static readonly TestName s_caName = TestName.Of(("C", "US"), ("CN", "ca"));

    private readonly TempFolder _folder = new();
    private readonly ReloadOptions _options = new() { SettleDelay = TimeSpan.FromMilliseconds(5) };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task TrustBundle_IsReplaced_WhenItsFileChanges()
    {
        TestCertificateAuthority old = TestCertificateAuthority.Create(s_caName);
        TestCertificateAuthority next = old.Rotate();
        TestCertificate client = next.IssueClient(TestName.Of(("CN", "alice")));
        string file = _folder.Write("ca.pem", old.Pem);
        using Reloadable<TrustBundle> bundle = await TrustBundle.OpenAsync(file, options: _options, cancellationToken: Cancellation);
        bundle.Current.VerifyChain(client).Should().Be(RejectionReason.CertificateBadSignature);

        _folder.Replace("ca.pem", old.Pem + next.Pem);
        ReloadResult result = await bundle.ReloadAsync(Cancellation);

        result.Outcome.Should().Be(ReloadOutcome.Loaded);
        bundle.Current.VerifyChain(client).Should().Be(RejectionReason.None);
    }

    [Fact]
    public async Task ServerCertificate_IsReplacedWithItsKey()
    {
        TestCertificate first = Loopback.IssueServerCertificate();
        TestCertificate second = Loopback.IssueServerCertificate();
        string certificate = _folder.Write("tls.crt", first.PemWithChain);
        string key = _folder.Write("tls.key", first.PrivateKeyPem);
        using Reloadable<ServerCertificate> server = await ServerCertificate.OpenAsync(certificate, key, _options, Cancellation);
        ServerCertificate inUse = server.Current;

        _folder.Replace("tls.crt", second.PemWithChain);
        ReloadResult half = await server.ReloadAsync(Cancellation);
        half.Outcome.Should().Be(ReloadOutcome.Failed);
        half.Problem.Should().Contain("does not belong to the first certificate");
        server.Current.Should().BeSameAs(inUse);

        _folder.Replace("tls.key", second.PrivateKeyPem);
        (await server.ReloadAsync(Cancellation)).Outcome.Should().Be(ReloadOutcome.Loaded);
        server.Current.Should().NotBeSameAs(inUse);
    }

    [Fact]
    public async Task SameContent_DoesNotReplaceTheMaterial()
    {
        TestTokenKey key = TestTokenKey.Create("k", SignatureAlgorithm.ES256);
        string file = _folder.Write("jwks.json", TestTokenKey.CreateJwkSet(key));
        using Reloadable<TokenKeySet> keys = await TokenKeySet.OpenAsync(file, _options, Cancellation);
        TokenKeySet inUse = keys.Current;

        _folder.Replace("jwks.json", Encoding.UTF8.GetString(TestTokenKey.CreateJwkSet(key)));
        (await keys.ReloadAsync(Cancellation)).Outcome.Should().Be(ReloadOutcome.Unchanged);
        keys.Current.Should().BeSameAs(inUse);
    }
}
