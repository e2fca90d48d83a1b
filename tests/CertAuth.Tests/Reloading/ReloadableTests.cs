using System.Text;
using CertAuth.Reloading;
using CertAuth.Signing;
using CertAuth.Testing;
using CertAuth.Tests.Support;
using CertAuth.Tls;
using CertAuth.Trust;

namespace CertAuth.Tests.Reloading;

public sealed class ReloadableTests : IDisposable
{
    private static readonly TestName s_caName = TestName.Of(("C", "US"), ("CN", "ca"));

    private readonly TempFolder _folder = new();
    private readonly ReloadOptions _options = new() { SettleDelay = TimeSpan.FromMilliseconds(5) };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task TrustBundle_IsReplacedWhole()
    {
        TestCertificateAuthority old = TestCertificateAuthority.Create(s_caName);
        TestCertificateAuthority next = old.Rotate();
        TestCertificate client = next.IssueClient(TestName.Of(("CN", "alice")));
        string file = _folder.Write("ca.pem", old.Pem);
        using Reloadable<TrustBundle> bundle = await Reloadable.OpenTrustBundleAsync(file, options: _options, cancellationToken: Cancellation);
        Assert.Equal(FailureReason.BadSignature, bundle.Current.Judge(client));

        _folder.Replace("ca.pem", old.Pem + next.Pem);
        ReloadResult result = await bundle.ReloadAsync(Cancellation);

        Assert.Equal(ReloadOutcome.Loaded, result.Outcome);
        Assert.Equal(FailureReason.None, bundle.Current.Judge(client));
    }

    [Fact]
    public async Task ServerCertificate_IsReplacedWithItsKey()
    {
        TestCertificate first = Loopback.IssueServerCertificate();
        TestCertificate second = Loopback.IssueServerCertificate();
        string certificate = _folder.Write("tls.crt", first.PemWithChain);
        string key = _folder.Write("tls.key", first.PrivateKeyPem);
        using Reloadable<ServerCertificate> server = await Reloadable.OpenServerCertificateAsync(certificate, key, _options, Cancellation);
        ServerCertificate inUse = server.Current;

        _folder.Replace("tls.crt", second.PemWithChain);
        ReloadResult half = await server.ReloadAsync(Cancellation);
        Assert.Equal(ReloadOutcome.Failed, half.Outcome);
        Assert.Contains("isn't that of the first certificate", half.Problem, StringComparison.Ordinal);
        Assert.Same(inUse, server.Current);

        _folder.Replace("tls.key", second.PrivateKeyPem);
        Assert.Equal(ReloadOutcome.Loaded, (await server.ReloadAsync(Cancellation)).Outcome);
        Assert.NotSame(inUse, server.Current);
    }

    [Fact]
    public async Task SameContent_ChangesNothing()
    {
        TestTokenKey key = TestTokenKey.Create("k", SignatureAlgorithm.ES256);
        string file = _folder.Write("jwks.json", TestTokenKey.KeySet(key));
        using Reloadable<VerificationKeySet> keys = await Reloadable.OpenKeySetAsync(file, _options, Cancellation);
        VerificationKeySet inUse = keys.Current;

        _folder.Replace("jwks.json", Encoding.UTF8.GetString(TestTokenKey.KeySet(key)));
        Assert.Equal(ReloadOutcome.Unchanged, (await keys.ReloadAsync(Cancellation)).Outcome);
        Assert.Same(inUse, keys.Current);
    }
}
