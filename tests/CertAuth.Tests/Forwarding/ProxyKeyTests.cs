using System.Buffers.Text;
using System.Text;
using CertAuth.Certificates;
using CertAuth.Forwarding;
using CertAuth.Names;
using CertAuth.Signing;
using CertAuth.Tests.Requirements;
using CertAuth.Trust;

namespace CertAuth.Tests.Forwarding;

/// <summary>Tokens of proxies that sign with their own keys: <c>v1c.</c></summary>
public sealed class ProxyKeyTests
{
    private static readonly FixedClock s_clock = new(TestClock.Now);
    private static readonly TrustBundleOptions s_trustOptions = new() { TimeProvider = s_clock };
    private static readonly TlsConnectionInfo s_client = Clients.Tls(Clients.Certificate(TestName.Of(("CN", "alice"))));

    private static readonly TestCertificateAuthority s_intermediate = TestSigner.Ca.IssueIntermediate(TestName.Of(("CN", "intermediate")));
    private static readonly TestSigner s_proxy = Issue(TestSigner.Ca, "proxy-1");
    private static readonly TestSigner s_proxyOfIntermediate = Issue(s_intermediate, "proxy-1");
    private static readonly TestSigner s_client1 = Issue(TestSigner.Ca, "client-1");

    private static readonly ProxySigners s_bySan =
        Signers() with { SubjectAlternativeNames = [SubjectAlternativeName.Parse("DNS:PROXY-1.test")] };

    public static TheoryData<string> Keys => ["RSA", "P-256", "P-384", "P-521"];

    public static TheoryData<string, RejectionReason> Pins => new()
    {
        { "DNS:proxy-1.test", RejectionReason.None },
        { "DNS:PROXY-1.TEST", RejectionReason.None },
        { "DNS:proxy-2.test", RejectionReason.ForwardedSignerMismatch },
        { "DNS:*.test", RejectionReason.ForwardedSignerMismatch },
        { "URI:spiffe://x/proxy-1", RejectionReason.None },
        { "URI:spiffe://x/*", RejectionReason.ForwardedSignerMismatch },
        { "URI:SPIFFE://x/proxy-1", RejectionReason.ForwardedSignerMismatch },
        { "subject", RejectionReason.None },
        { "other subject", RejectionReason.ForwardedSignerMismatch },
        { "two subjects", RejectionReason.None },
        { "digest", RejectionReason.None },
        { "other digest", RejectionReason.ForwardedSignerMismatch },
        { "all three", RejectionReason.None },
        { "subject and other digest", RejectionReason.ForwardedSignerMismatch },
        { "other subject and DNS:proxy-1.test", RejectionReason.ForwardedSignerMismatch },
    };

    [Theory, MemberData(nameof(Keys))]
    public async Task VerifyAsync_AcceptsAProxyKey(string key)
    {
        TestSigner signer = TestSigner.Of(key);
        ProxySigners signers = Signers() with { Sha256 = [signer.Certificate.Certificate.Sha256] };

        (await ReasonAsync(Tokens.Issue(s_client, signer, CertInfoTokenFormat.ProxyKey), signers)).Should().Be(RejectionReason.None);
    }

    [Theory, MemberData(nameof(Pins))]
    public async Task VerifyAsync_RequiresAProxyCertificate(string pin, RejectionReason reason) =>
        (await ReasonAsync(Tokens.Issue(s_client, s_proxy, CertInfoTokenFormat.ProxyKey), Pinned(pin))).Should().Be(reason);

    // If the CA issues certificates to clients as well as to proxies, any client could otherwise log in as any user.
    [Fact]
    public async Task VerifyAsync_RejectsAClientOfTheSameCa() =>
        (await ReasonAsync(Tokens.Issue(s_client, s_client1, CertInfoTokenFormat.ProxyKey), s_bySan))
            .Should().Be(RejectionReason.ForwardedSignerMismatch);

    [Fact]
    public async Task VerifyAsync_VerifiesThePath()
    {
        TestCertificateAuthority otherCa =
            TestCertificateAuthority.Create(TestName.Of(("CN", "proxy CA")), new() { TimeProvider = s_clock });
        TestSigner foreign = Issue(otherCa, "proxy-1");
        TestSigner server = new(TestSigner.Ca.Issue(Request("proxy-1") with { ExtendedKeyUsages = [TestCertificateRequest.ServerAuth] }));
        TestSigner any = new(TestSigner.Ca.Issue(Request("proxy-1") with { ExtendedKeyUsages = [] }));

        (await ReasonAsync(Tokens.Issue(s_client, s_proxyOfIntermediate, CertInfoTokenFormat.ProxyKey), s_bySan))
            .Should().Be(RejectionReason.None);
        (await ReasonAsync(Tokens.Issue(s_client, any, CertInfoTokenFormat.ProxyKey), s_bySan)).Should().Be(RejectionReason.None);
        (await ReasonAsync(Tokens.Issue(s_client, foreign, CertInfoTokenFormat.ProxyKey), s_bySan))
            .Should().Be(RejectionReason.ForwardedSignerUntrusted);
        (await ReasonAsync(Tokens.Issue(s_client, server, CertInfoTokenFormat.ProxyKey), s_bySan))
            .Should().Be(RejectionReason.ForwardedSignerUntrusted);
    }

    [Fact]
    public async Task VerifyAsync_RejectsOnlyTheRevokedProxy()
    {
        byte[] list = Encoding.ASCII.GetBytes(CraftedRevocationList.ToPem(
            new CraftedRevocationList { Entries = [CraftedRevocationList.Entry(s_client1.TestCertificate)] }.Sign(TestSigner.Ca)));
        TrustBundle bundle = TrustBundle.Parse(
            Encoding.ASCII.GetBytes(TestSigner.Ca.Pem), s_trustOptions with { RevocationLists = [list] });
        ProxySigners signers = Signers() with
        {
            Trust = Source.Fixed(bundle),
            Subjects = [DistinguishedName.Parse("/CN=client-1"), DistinguishedName.Parse("/CN=proxy-1")],
        };

        (await ReasonAsync(Tokens.Issue(s_client, s_client1, CertInfoTokenFormat.ProxyKey), signers))
            .Should().Be(RejectionReason.ForwardedSignerUntrusted);
        (await ReasonAsync(Tokens.Issue(s_client, s_proxy, CertInfoTokenFormat.ProxyKey), signers)).Should().Be(RejectionReason.None);
    }

    [Theory]
    [InlineData("{sig}.{der}", RejectionReason.None)]
    [InlineData("{sig}.{der}.{ca}", RejectionReason.None)]
    [InlineData("{sig}.{der}.{client}", RejectionReason.ForwardedSignatureMalformed)]
    [InlineData("{sig}.{der}.{ca}.{ca}", RejectionReason.ForwardedSignatureMalformed)]
    [InlineData("{sig}.{der}.AAAA", RejectionReason.ForwardedSignatureMalformed)]
    [InlineData("{sig}.{der}.{der}.{der}.{der}.{der}", RejectionReason.ForwardedSignatureMalformed)]
    [InlineData("{sig}.{der}.{der}.{der}.{der}.{der}.{der}", RejectionReason.ForwardedSignatureMalformed)]
    [InlineData("{sig}", RejectionReason.ForwardedSignatureMalformed)]
    [InlineData("{sig}.", RejectionReason.ForwardedSignatureMalformed)]
    [InlineData("{sig}.{der}.", RejectionReason.ForwardedSignatureMalformed)]
    [InlineData("{sig}..{der}", RejectionReason.ForwardedSignatureMalformed)]
    [InlineData("{sig}.{der}=", RejectionReason.ForwardedSignatureMalformed)]
    [InlineData("{sig}=.{der}", RejectionReason.ForwardedSignatureMalformed)]
    [InlineData("{sig} .{der}", RejectionReason.ForwardedSignatureMalformed)]
    [InlineData(".{der}", RejectionReason.ForwardedSignatureMalformed)]
    [InlineData("{v1}.{der}", RejectionReason.ForwardedInfoBadSignature)]
    [InlineData("{stranger}.{der}", RejectionReason.ForwardedInfoBadSignature)]
    [InlineData("{sig}.AAAA", RejectionReason.ForwardedSignerUntrusted)]
    [InlineData("{sig}.{ca}.{der}", RejectionReason.ForwardedSignerUntrusted)]
    [InlineData("{sig}.{client}", RejectionReason.ForwardedSignerMismatch)]
    [InlineData("{sig}.{client}.{der}", RejectionReason.ForwardedSignatureMalformed)]
    [InlineData("{der}.{sig}", RejectionReason.ForwardedSignerUntrusted)]
    public async Task VerifyAsync_ParsesSignatureAndChainStrictly(string template, RejectionReason reason)
    {
        byte[] info = CertInfoRow.All["valid"].InfoBytes;
        string signature = template
            .Replace("{sig}", s_proxy.Sign(info, TestSigner.ProxyKeyLabel), StringComparison.Ordinal)
            .Replace("{v1}", s_proxy.Sign(info), StringComparison.Ordinal)
            .Replace("{stranger}", TestSigner.Stranger.Sign(info, TestSigner.ProxyKeyLabel), StringComparison.Ordinal)
            .Replace("{der}", Encode(s_proxy.TestCertificate.Der), StringComparison.Ordinal)
            .Replace("{client}", Encode(s_client1.TestCertificate.Der), StringComparison.Ordinal)
            .Replace("{ca}", Encode(TestSigner.Ca.Der), StringComparison.Ordinal);

        (await ReasonAsync(Tokens.Attributes(info, $"v1c.{signature}"), s_bySan)).Should().Be(reason);
    }

    // A signature of one format is not valid in the other, even with the same key.
    [Fact]
    public async Task VerifyAsync_DistinguishesTheFormats()
    {
        CertInfoTokenVerifier both = new(new() { SharedKey = s_proxy.Ring, ProxySigners = s_bySan, TimeProvider = s_clock });
        CertInfoTokenVerifier proxyKeys = new(new() { ProxySigners = s_bySan, TimeProvider = s_clock });
        ConnectionAttributes v1 = Tokens.Issue(s_client, s_proxy), v1c = Tokens.Issue(s_client, s_proxy, CertInfoTokenFormat.ProxyKey);

        (await Tokens.VerifyAsync(v1, both)).Succeeded.Should().BeTrue();
        (await Tokens.VerifyAsync(v1c, both)).Succeeded.Should().BeTrue();
        ((await Tokens.VerifyAsync(v1, proxyKeys)).Rejection?.Reason).Should().Be(RejectionReason.ForwardedInfoFormatNotAllowed);
        ((await Tokens.VerifyAsync(v1c, Tokens.Verifier(s_proxy))).Rejection?.Reason)
            .Should().Be(RejectionReason.ForwardedInfoFormatNotAllowed);
    }

    [Fact]
    public void TryIssue_SendsTheChainWithoutItsAnchor()
    {
        TestCertificate leaf = s_proxyOfIntermediate.TestCertificate;
        string withAnchor = leaf.PemWithChain + TestSigner.Ca.Pem;
        Assert.True(SigningKeyPair.TryParseAt(
            Encoding.ASCII.GetBytes(withAnchor),
            Encoding.ASCII.GetBytes(leaf.PrivateKeyPem),
            TestClock.Now,
            out SigningKeyPair? pair,
            out _));
        CertInfoTokenIssuer issuer = new(Source.Fixed(pair), new() { Format = CertInfoTokenFormat.ProxyKey, TimeProvider = s_clock });

        Assert.True(issuer.TryIssue(s_client, "alice", CertInfoRow.DefaultChallenge, out CertInfoToken? token, out _));

        string[] parts = Encoding.ASCII.GetString(token.Signature.Span).Split('.');
        Assert.Equal(["v1c", Encode(leaf.Der), Encode(s_intermediate.Der)], [parts[0], .. parts[2..]]);
    }

    [Fact]
    public void TryIssue_RejectsAChainThatIsTooLong()
    {
        TestCertificateAuthority ca = TestSigner.Ca;
        for (int i = 0; i < 5; i++)
            ca = ca.IssueIntermediate(TestName.Of(("CN", $"intermediate {i}")));

        bool issued = Tokens.Issuer(Issue(ca, "proxy-1"), CertInfoTokenFormat.ProxyKey)
            .TryIssue(s_client, "alice", CertInfoRow.DefaultChallenge, out CertInfoToken? token, out Rejection? rejection);

        issued.Should().BeFalse();
        token.Should().BeNull();
        rejection!.Reason.Should().Be(RejectionReason.ForwardingFactsUnrepresentable);
    }

    [Fact]
    public void Constructor_RejectsInvalidProxySigners()
    {
        ProxySigners[] wrong =
        [
            Signers(), s_bySan with { Trust = null! }, s_bySan with { Subjects = default }, s_bySan with { Sha256 = [new byte[31]] },
            s_bySan with { Subjects = [null!] }, Signers() with { Subjects = [DistinguishedName.Parse("")] },
            s_bySan with { SubjectAlternativeNames = [null!] },
            s_bySan with { Trust = Source.Fixed(ForServers()) },
        ];

        wrong.Should().AllSatisfy(signers => FluentActions.Invoking(() => new CertInfoTokenVerifier(new() { ProxySigners = signers }))
            .Should().ThrowExactly<ArgumentException>());
    }

    [Fact]
    public async Task VerifyAsync_Throws_WhenTheSourceReturnsABundleForServers()
    {
        ReplaceableSource<TrustBundle> trust = new(s_bySan.Trust.Current);
        CertInfoTokenVerifier verifier = new(new() { ProxySigners = s_bySan with { Trust = trust }, TimeProvider = s_clock });
        trust.Current = ForServers();
        TestSigner server = new(TestSigner.Ca.Issue(Request("proxy-1") with { ExtendedKeyUsages = [TestCertificateRequest.ServerAuth] }));
        ConnectionAttributes attributes = Tokens.Issue(s_client, server, CertInfoTokenFormat.ProxyKey);

        await FluentActions.Awaiting(() => Tokens.VerifyAsync(attributes, verifier))
            .Should().ThrowExactlyAsync<InvalidOperationException>();
    }

    [Theory]
    [InlineData("DNS:a", true)]
    [InlineData("IP:::1", true)]
    [InlineData("URI:a\\,b", true)]
    [InlineData("DNS:a,DNS:b", false)]
    [InlineData("dns:a", false)]
    [InlineData("DNS:é", false)]
    [InlineData("a", false)]
    [InlineData("", false)]
    public void TryParse_AcceptsOnlyOneNameInCanonicalForm(string text, bool isName)
    {
        SubjectAlternativeName.TryParse(text, out SubjectAlternativeName? name).Should().Be(isName);
        (name?.ToString()).Should().Be(isName ? text : null);
        if (!isName)
            FluentActions.Invoking(() => SubjectAlternativeName.Parse(text)).Should().ThrowExactly<FormatException>();
    }

    private static ProxySigners Signers() =>
        new() { Trust = Source.Fixed(TrustBundle.Parse(Encoding.ASCII.GetBytes(TestSigner.Ca.Pem), s_trustOptions)) };

    private static TrustBundle ForServers() =>
        TrustBundle.Parse(TestSigner.Ca.Der.Span, s_trustOptions with { Purpose = CertificatePurpose.ServerAuthentication });

    private static ProxySigners Pinned(string pin)
    {
        DistinguishedName proxy = DistinguishedName.Parse("/CN=proxy-1"), other = DistinguishedName.Parse("/CN=proxy-2");
        ReadOnlyMemory<byte> digest = s_proxy.Certificate.Certificate.Sha256;
        return pin switch
        {
            "subject" => Signers() with { Subjects = [proxy] },
            "other subject" => Signers() with { Subjects = [other] },
            "two subjects" => Signers() with { Subjects = [other, proxy] },
            "digest" => Signers() with { Sha256 = [digest] },
            "other digest" => Signers() with { Sha256 = [new byte[32]] },
            "all three" => s_bySan with { Subjects = [proxy], Sha256 = [digest] },
            "subject and other digest" => Signers() with { Subjects = [proxy], Sha256 = [new byte[32]] },
            "other subject and DNS:proxy-1.test" => s_bySan with { Subjects = [other] },
            _ => Signers() with { SubjectAlternativeNames = [SubjectAlternativeName.Parse(pin)] },
        };
    }

    private static TestSigner Issue(TestCertificateAuthority ca, string name) => new(ca.Issue(Request(name)));

    private static TestCertificateRequest Request(string name) => new()
    {
        Subject = TestName.Of(("CN", name)),
        Sans = [TestSan.Dns($"{name}.test"), TestSan.Uri($"spiffe://x/{name}")],
    };

    private static string Encode(ReadOnlyMemory<byte> der) => Base64Url.EncodeToString(der.Span);

    private static async Task<RejectionReason> ReasonAsync(ConnectionAttributes attributes, ProxySigners signers)
    {
        CertInfoTokenVerifier verifier = new(new() { ProxySigners = signers, TimeProvider = s_clock });
        CertInfoResult first = await Tokens.VerifyAsync(attributes, verifier), second = await Tokens.VerifyAsync(attributes, verifier);
        (second.Rejection?.Reason).Should().Be(first.Rejection?.Reason);
        Assert.DoesNotContain($"{first.Rejection}", char.IsControl);
        return first.Rejection?.Reason ?? RejectionReason.None;
    }
}
