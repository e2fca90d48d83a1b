using System.Buffers.Text;
using System.Text;
using CertAuth.Certificates;
using CertAuth.Forwarding;
using CertAuth.Signing;
using CertAuth.Tests.Requirements;
using CertAuth.Trust;

namespace CertAuth.Tests.Forwarding;

/// <summary>Regression tests for tokens and facts that an earlier version handled incorrectly.</summary>
public sealed class ForwardingAttackTests
{
    private static readonly FixedClock s_clock = new(TestClock.Now);
    private static readonly TlsConnectionInfo s_client = Clients.Tls(Clients.Certificate(TestName.Of(("CN", "alice"))));

    // A certificate that is not part of the path could be replaced without detection.
    [Theory]
    [InlineData("{sig}.{der}")]
    [InlineData("{sig}.{der}.{ca}")]
    public async Task VerifyAsync_RejectsAProxyKeySignature_WhenAnyCharacterIsChanged(string template)
    {
        TestSigner proxy = Issue(TestSigner.Ca);
        CertInfoTokenVerifier verifier = Verifier();
        byte[] info = CertInfoRow.All["valid"].InfoBytes;
        string signature = "v1c." + template.Replace("{sig}", proxy.Sign(info, TestSigner.ProxyKeyLabel), StringComparison.Ordinal)
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
    public async Task TryIssue_SendsARolloverCertificateOfTheChain()
    {
        TestCertificateAuthority rollover = TestSigner.Ca.IssueIntermediate(TestName.Of(("CN", "proxy CA")));

        CertInfoResult result = await Tokens.VerifyAsync(Tokens.Issue(s_client, Issue(rollover), CertInfoTokenFormat.ProxyKey), Verifier());

        result.Succeeded.Should().BeTrue($"{result.Rejection}");
    }

    [Theory]
    [InlineData("v1.")]
    [InlineData("v1.AA")]
    public async Task VerifyAsync_DoesNotReload_WhenTheSignatureIsTooShort(string signature)
    {
        CountingRing ring = new(TestSigner.P256.Ring.Current);
        CertInfoTokenVerifier verifier = new(new() { SharedKey = ring, TimeProvider = s_clock });

        await Tokens.VerifyAsync(Tokens.Attributes([], signature), verifier);
        ring.RefreshCount.Should().Be(0);
        await Tokens.VerifyAsync(Tokens.Attributes([], $"v1.{Base64Url.EncodeToString(new byte[64])}"), verifier);
        ring.RefreshCount.Should().Be(1);
    }

    // 0 in the token means that the time is not known.
    [Fact]
    public void TryIssue_RejectsAServerCertificate_WhenItIsValidSince1970()
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
        internal int RefreshCount { get; private set; }

        public SigningCertificateRing Current => ring;

        public ValueTask<SigningCertificateRing> RefreshAsync(SigningCertificateRing seen, CancellationToken cancellationToken = default)
        {
            RefreshCount++;
            return new(ring);
        }
    }
}
