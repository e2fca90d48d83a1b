using System.Buffers.Text;
using System.Text;
using CertAuth.Certificates;
using CertAuth.Forwarding;
using CertAuth.Signing;
using CertAuth.Testing;
using CertAuth.Tests.Requirements;
using CertAuth.Tests.Support;
using CertAuth.Trust;
using FluentAssertions;

namespace CertAuth.Tests.Forwarding;

/// <summary>Tokens that were once taken, or refused, or looked at, as they must not be.</summary>
public sealed class ForwardingAttackTests
{
    private static readonly FixedClock s_clock = new(TestClock.Now);
    private static readonly TlsConnectionInfo s_client = Clients.Tls(Clients.Certificate(TestName.Of(("CN", "alice"))));

    // Certificates that are no part of the path could be changed at will.
    [Theory]
    [InlineData("{sig}.{der}")]
    [InlineData("{sig}.{der}.{ca}")]
    public async Task ProxyKeySignature_WithAnyCharacterChanged_IsRejected(string template)
    {
        TestSigner proxy = Issue(TestSigner.Ca);
        CertInfoTokenVerifier verifier = Verifier();
        byte[] info = CertInfoRow.All["all as it should be"].InfoBytes;
        string signature = "v1c." + template.Replace("{sig}", proxy.Sign(info, TestSigner.OwnKeyLabel), StringComparison.Ordinal)
            .Replace("{der}", Base64Url.EncodeToString(proxy.TestCertificate.Der.Span), StringComparison.Ordinal)
            .Replace("{ca}", Base64Url.EncodeToString(TestSigner.Ca.Der.Span), StringComparison.Ordinal);
        (await Tokens.VerifyAsync(Tokens.Attributes(info, signature), verifier)).Succeeded.Should().BeTrue();

        for (int i = 0; i < signature.Length; i++)
        {
            char other = signature[i] == 'B' ? 'C' : 'B';
            string changed = $"{signature[..i]}{other}{signature[(i + 1)..]}";
            CertInfoResult result = await Tokens.VerifyAsync(Tokens.Attributes(info, changed), verifier);
            result.Succeeded.Should().BeFalse($"{i}: {signature[i]}");
        }
    }

    // RFC 5280, 6.1: the old key certifies the new one, under the same name.
    [Fact]
    public async Task RolloverCertificateInAChain_IsSent()
    {
        TestCertificateAuthority rollover = TestSigner.Ca.IssueIntermediate(TestName.Of(("CN", "proxy CA")));

        CertInfoResult result = await Tokens.VerifyAsync(Tokens.Issue(s_client, Issue(rollover), CertInfoTokenFormat.ProxyKey), Verifier());

        result.Succeeded.Should().BeTrue($"{result.Rejection}");
    }

    [Theory]
    [InlineData("v1.")]
    [InlineData("v1.AA")]
    public async Task ImpossibleSignature_CausesNoReload(string signature)
    {
        CountingRing ring = new(TestSigner.P256.Ring.Current);
        CertInfoTokenVerifier verifier = new(new() { SharedKey = ring, TimeProvider = s_clock });

        await Tokens.VerifyAsync(Tokens.Attributes([], signature), verifier);
        ring.Asked.Should().Be(0);
        await Tokens.VerifyAsync(Tokens.Attributes([], $"v1.{Base64Url.EncodeToString(new byte[64])}"), verifier);
        ring.Asked.Should().Be(1);
    }

    // 0 in the token says that the date isn't known.
    [Fact]
    public void ServerCertificateOfTheEpoch_GetsNoToken()
    {
        TlsConnectionInfo epoch = new()
        {
            Protocol = s_client.Protocol,
            CipherSuite = s_client.CipherSuite,
            ServerCertificateNotBefore = DateTimeOffset.UnixEpoch,
        };

        Tokens.TryIssue(epoch, out Rejection? rejection).Should().BeNull();
        rejection!.Reason.Should().Be(RejectionReason.ForwardingFactsUnrepresentable);
    }

    private static TestSigner Issue(TestCertificateAuthority ca) =>
        new(ca.Issue(new() { Subject = TestName.Of(("CN", "p")), Sans = [TestSan.Dns("p.test")] }));

    private static CertInfoTokenVerifier Verifier() => new(new()
    {
        TimeProvider = s_clock,
        ProxySigners = new()
        {
            Trust = Source.Fixed(TrustBundle.Parse(Encoding.ASCII.GetBytes(TestSigner.Ca.Pem), new() { TimeProvider = s_clock })),
            SubjectAlternativeNames = [SubjectAlternativeName.Parse("DNS:p.test")],
        },
    });

    private sealed class CountingRing(SigningCertificateRing ring) : IRefreshableSource<SigningCertificateRing>
    {
        internal int Asked { get; private set; }

        public SigningCertificateRing Current => ring;

        public ValueTask<SigningCertificateRing> RefreshAsync(SigningCertificateRing seen, CancellationToken cancellationToken = default)
        {
            Asked++;
            return new(ring);
        }
    }
}
