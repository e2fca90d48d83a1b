using System.Net.Security;
using System.Security.Authentication;
using CertAuth.Forwarding;
using CertAuth.Names;
using CertAuth.Tls;
using CertAuth.Trust;

namespace CertAuth.Testing.Tests;

public sealed class TestProxySignerTests
{
    private static readonly TlsConnectionInfo s_client = new()
    {
        Protocol = SslProtocols.Tls13,
        CipherSuite = TlsCipherSuite.TLS_AES_128_GCM_SHA256,
    };
    private static readonly byte[] s_challenge = TestProxySigner.AnyChallenge.ToArray();

    private readonly FixedClock _clock = new(TestClock.Now);

    [Fact]
    public async Task Issue_MakesATokenThatTheRingVerifies()
    {
        TestProxySigner signer = TestProxySigner.Create(new() { TimeProvider = _clock });
        CertInfoTokenVerifier verifier = Verifier(signer);
        ConnectionAttributes attributes = signer.Issue(s_client, "bob", s_challenge);

        CertInfoResult accepted = await VerifyAsync(verifier, attributes);
        accepted.Succeeded.Should().BeTrue($"{accepted.Rejection}");
        accepted.Connection!.CipherSuite.Should().Be(s_client.CipherSuite);
        accepted.Connection.Origin.Should().Be(FactsOrigin.Forwarded);

        (await ReasonAsync(verifier, signer.IssueWithBadSignature(s_client, "bob", s_challenge)))
            .Should().Be(RejectionReason.ForwardedInfoBadSignature);
        (await ReasonAsync(verifier, signer.Issue(s_client, "alice", s_challenge))).Should().Be(RejectionReason.ForwardedInfoUserMismatch);
        (await ReasonAsync(verifier, signer.Issue(s_client, "bob", new byte[20])))
            .Should().Be(RejectionReason.ForwardedInfoChallengeMismatch);
        TestProxySigner otherProxy = TestProxySigner.Create(new() { TimeProvider = _clock });
        (await ReasonAsync(verifier, otherProxy.Issue(s_client, "bob", s_challenge)))
            .Should().Be(RejectionReason.ForwardedInfoBadSignature);
        _clock.Advance(TimeSpan.FromMinutes(2));
        (await ReasonAsync(verifier, attributes)).Should().Be(RejectionReason.ForwardedInfoExpired);
    }

    [Theory]
    [InlineData(TestKeyType.P256)]
    [InlineData(TestKeyType.P384)]
    [InlineData(TestKeyType.P521)]
    [InlineData(TestKeyType.Rsa2048)]
    public async Task Issue_MakesATokenThatVerifies_WithTheProxysOwnKey(TestKeyType type)
    {
        TestCertificateAuthority ca = TestCertificateAuthority.Create(TestName.Of(("CN", "proxies")), new() { TimeProvider = _clock });
        TestCertificate certificate = ca.Issue(new() { Subject = TestName.Of(("CN", "proxy-1")), Key = TestKey.Fixed(type) });
        TestProxySigner signer = new(certificate, new() { Format = CertInfoTokenFormat.ProxyKey, TimeProvider = _clock });
        CertInfoTokenVerifier verifier = new(new()
        {
            ProxySigners = new()
            {
                Trust = Source.Fixed(TrustBundle.Parse(ca.Der.Span, new() { TimeProvider = _clock })),
                Subjects = [DistinguishedName.Parse("/CN=proxy-1")],
            },
            TimeProvider = _clock,
        });

        (await ReasonAsync(verifier, signer.Issue(null, "bob", s_challenge))).Should().Be(RejectionReason.None);
        (await ReasonAsync(verifier, signer.IssueWithBadSignature(null, "bob", s_challenge)))
            .Should().Be(RejectionReason.ForwardedInfoBadSignature);
    }

    [Fact]
    public void Constructor_Throws_WhenTheCertificateCannotSign()
    {
        TestCertificateAuthority ca = TestCertificateAuthority.Create(TestName.Of(("CN", "proxies")), new() { TimeProvider = _clock });
        TestCertificate expired = ca.Issue(new() { Subject = TestName.Of(("CN", "proxy")), NotAfter = TestClock.Now.AddSeconds(-1) });

        FluentActions.Invoking(() => new TestProxySigner(expired, new() { TimeProvider = _clock }))
            .Should().ThrowExactly<ArgumentException>();
        FluentActions.Invoking(() => new TestProxySigner(ca.Certificate, new() { TimeProvider = _clock }))
            .Should().ThrowExactly<ArgumentException>();
        FluentActions.Invoking(() => TestProxySigner.Create().Issue(s_client, "bob", [1, 2, 3]))
            .Should().ThrowExactly<InvalidOperationException>();
    }

    private CertInfoTokenVerifier Verifier(TestProxySigner signer) => new(new() { SharedKey = signer.Ring, TimeProvider = _clock });

    private static Task<CertInfoResult> VerifyAsync(CertInfoTokenVerifier verifier, ConnectionAttributes attributes) =>
        verifier.VerifyAsync(attributes, "bob", s_challenge, TestContext.Current.CancellationToken).AsTask();

    private static async Task<RejectionReason> ReasonAsync(CertInfoTokenVerifier verifier, ConnectionAttributes attributes) =>
        (await VerifyAsync(verifier, attributes)).Rejection?.Reason ?? RejectionReason.None;
}
