using System.Buffers.Text;
using System.Text;
using CertAuth.Certificates;
using CertAuth.Forwarding;
using CertAuth.Names;
using CertAuth.Signing;
using CertAuth.Testing;
using CertAuth.Tests.Requirements;
using CertAuth.Tests.Support;
using CertAuth.Tls;
using CertAuth.Trust;
using FluentAssertions;

namespace CertAuth.Tests.Forwarding;

/// <summary>A key of its own for each proxy: <c>v1c.</c></summary>
public sealed class OwnKeyTests
{
    private static readonly FixedClock s_clock = new(TestClock.Now);
    private static readonly TrustBundleOptions s_trustOptions = new() { TimeProvider = s_clock };
    private static readonly TlsConnectionInfo s_client = Clients.Tls(Clients.Certificate(TestName.Of(("CN", "alice"))));

    private static readonly TestCertificateAuthority s_intermediate = TestSigner.Ca.IssueIntermediate(TestName.Of(("CN", "intermediate")));
    private static readonly TestSigner s_proxy = Issue(TestSigner.Ca, "proxy-1");
    private static readonly TestSigner s_deep = Issue(s_intermediate, "proxy-1");
    private static readonly TestSigner s_client1 = Issue(TestSigner.Ca, "client-1");

    private static readonly ProxySigners s_bySan = Signers() with { AlternativeNames = [SubjectAlternativeName.Parse("DNS:PROXY-1.test")] };

    public static TheoryData<string> Keys => ["RSA", "P-256", "P-384", "P-521"];

    public static TheoryData<string, FailureReason> Pins => new()
    {
        { "DNS:proxy-1.test", FailureReason.None },
        { "DNS:PROXY-1.TEST", FailureReason.None },
        { "DNS:proxy-2.test", FailureReason.ForwardedSignerMismatch },
        { "DNS:*.test", FailureReason.ForwardedSignerMismatch },
        { "URI:spiffe://x/proxy-1", FailureReason.None },
        { "URI:spiffe://x/*", FailureReason.ForwardedSignerMismatch },
        { "URI:SPIFFE://x/proxy-1", FailureReason.ForwardedSignerMismatch },
        { "subject", FailureReason.None },
        { "other subject", FailureReason.ForwardedSignerMismatch },
        { "two subjects", FailureReason.None },
        { "digest", FailureReason.None },
        { "other digest", FailureReason.ForwardedSignerMismatch },
        { "all three", FailureReason.None },
        { "subject and other digest", FailureReason.ForwardedSignerMismatch },
        { "other subject and DNS:proxy-1.test", FailureReason.ForwardedSignerMismatch },
    };

    [Theory, MemberData(nameof(Keys))]
    public async Task VerifyAsync_TakesAProxysOwnKey(string key)
    {
        TestSigner signer = TestSigner.Of(key);
        ProxySigners signers = Signers() with { Sha256 = [signer.Certificate.Certificate.Sha256] };

        (await ReasonAsync(Tokens.Issue(s_client, signer, CertInfoForm.OwnKey), signers)).Should().Be(FailureReason.None);
    }

    [Theory, MemberData(nameof(Pins))]
    public async Task VerifyAsync_DemandsTheCertificateOfAProxy(string pin, FailureReason reason) =>
        (await ReasonAsync(Tokens.Issue(s_client, s_proxy, CertInfoForm.OwnKey), Pinned(pin))).Should().Be(reason);

    // Any client of a CA that serves both could say that it is anybody.
    [Fact]
    public async Task VerifyAsync_RefusesAClientOfTheSameCa() =>
        (await ReasonAsync(Tokens.Issue(s_client, s_client1, CertInfoForm.OwnKey), s_bySan))
            .Should().Be(FailureReason.ForwardedSignerMismatch);

    [Fact]
    public async Task VerifyAsync_VerifiesThePath()
    {
        TestCertificateAuthority otherCa = TestCertificateAuthority.Create(TestName.Of(("CN", "proxy CA")), new() { TimeProvider = s_clock });
        TestSigner foreign = Issue(otherCa, "proxy-1");
        TestSigner server = new(TestSigner.Ca.Issue(Request("proxy-1") with { ExtendedKeyUsages = [TestCertificateRequest.ServerAuth] }));
        TestSigner any = new(TestSigner.Ca.Issue(Request("proxy-1") with { ExtendedKeyUsages = [] }));

        (await ReasonAsync(Tokens.Issue(s_client, s_deep, CertInfoForm.OwnKey), s_bySan)).Should().Be(FailureReason.None);
        (await ReasonAsync(Tokens.Issue(s_client, any, CertInfoForm.OwnKey), s_bySan)).Should().Be(FailureReason.None);
        (await ReasonAsync(Tokens.Issue(s_client, foreign, CertInfoForm.OwnKey), s_bySan))
            .Should().Be(FailureReason.ForwardedSignerUntrusted);
        (await ReasonAsync(Tokens.Issue(s_client, server, CertInfoForm.OwnKey), s_bySan))
            .Should().Be(FailureReason.ForwardedSignerUntrusted);
    }

    [Fact]
    public async Task VerifyAsync_RefusesARevokedProxyAlone()
    {
        byte[] list = Encoding.ASCII.GetBytes(CraftedCrl.ToPem(
            new CraftedCrl { Entries = [CraftedCrl.Entry(s_client1.TestCertificate)] }.Sign(TestSigner.Ca)));
        TrustBundle bundle = TrustBundle.Load(Encoding.ASCII.GetBytes(TestSigner.Ca.Pem), s_trustOptions with { RevocationLists = [list] });
        ProxySigners signers = Signers() with
        {
            Trust = new FixedSource<TrustBundle>(bundle),
            Subjects = [DistinguishedName.Parse("/CN=client-1"), DistinguishedName.Parse("/CN=proxy-1")],
        };

        (await ReasonAsync(Tokens.Issue(s_client, s_client1, CertInfoForm.OwnKey), signers))
            .Should().Be(FailureReason.ForwardedSignerUntrusted);
        (await ReasonAsync(Tokens.Issue(s_client, s_proxy, CertInfoForm.OwnKey), signers)).Should().Be(FailureReason.None);
    }

    [Theory]
    [InlineData("{sig}.{der}", FailureReason.None)]
    [InlineData("{sig}.{der}.{ca}", FailureReason.None)]
    [InlineData("{sig}.{der}.{client}", FailureReason.ForwardedSignatureMalformed)]
    [InlineData("{sig}.{der}.{ca}.{ca}", FailureReason.ForwardedSignatureMalformed)]
    [InlineData("{sig}.{der}.AAAA", FailureReason.ForwardedSignatureMalformed)]
    [InlineData("{sig}.{der}.{der}.{der}.{der}.{der}", FailureReason.ForwardedSignatureMalformed)]
    [InlineData("{sig}.{der}.{der}.{der}.{der}.{der}.{der}", FailureReason.ForwardedSignatureMalformed)]
    [InlineData("{sig}", FailureReason.ForwardedSignatureMalformed)]
    [InlineData("{sig}.", FailureReason.ForwardedSignatureMalformed)]
    [InlineData("{sig}.{der}.", FailureReason.ForwardedSignatureMalformed)]
    [InlineData("{sig}..{der}", FailureReason.ForwardedSignatureMalformed)]
    [InlineData("{sig}.{der}=", FailureReason.ForwardedSignatureMalformed)]
    [InlineData("{sig}=.{der}", FailureReason.ForwardedSignatureMalformed)]
    [InlineData("{sig} .{der}", FailureReason.ForwardedSignatureMalformed)]
    [InlineData(".{der}", FailureReason.ForwardedSignatureMalformed)]
    [InlineData("{v1}.{der}", FailureReason.ForwardedBadSignature)]
    [InlineData("{stranger}.{der}", FailureReason.ForwardedBadSignature)]
    [InlineData("{sig}.AAAA", FailureReason.ForwardedSignerUntrusted)]
    [InlineData("{sig}.{ca}.{der}", FailureReason.ForwardedSignerUntrusted)]
    [InlineData("{sig}.{client}", FailureReason.ForwardedSignerMismatch)]
    [InlineData("{sig}.{client}.{der}", FailureReason.ForwardedSignatureMalformed)]
    [InlineData("{der}.{sig}", FailureReason.ForwardedSignerUntrusted)]
    public async Task VerifyAsync_ReadsSignatureAndPathExactly(string template, FailureReason reason)
    {
        byte[] info = CertInfoRow.All["all as it should be"].InfoOctets;
        string signature = template
            .Replace("{sig}", s_proxy.Sign(info, TestSigner.OwnKeyLabel), StringComparison.Ordinal)
            .Replace("{v1}", s_proxy.Sign(info), StringComparison.Ordinal)
            .Replace("{stranger}", TestSigner.Stranger.Sign(info, TestSigner.OwnKeyLabel), StringComparison.Ordinal)
            .Replace("{der}", Encode(s_proxy.TestCertificate.Der), StringComparison.Ordinal)
            .Replace("{client}", Encode(s_client1.TestCertificate.Der), StringComparison.Ordinal)
            .Replace("{ca}", Encode(TestSigner.Ca.Der), StringComparison.Ordinal);

        (await ReasonAsync(Tokens.Attributes(info, $"v1c.{signature}"), s_bySan)).Should().Be(reason);
    }

    // A signature of one form is none of the other, whoever's key it is.
    [Fact]
    public async Task VerifyAsync_KeepsTheFormsApart()
    {
        CertInfoTokenVerifier both = new(new() { SharedKey = s_proxy.Ring, OwnKeys = s_bySan, TimeProvider = s_clock });
        CertInfoTokenVerifier own = new(new() { OwnKeys = s_bySan, TimeProvider = s_clock });
        ConnectionAttributes v1 = Tokens.Issue(s_client, s_proxy), v1c = Tokens.Issue(s_client, s_proxy, CertInfoForm.OwnKey);

        (await Tokens.VerifyAsync(v1, both)).Succeeded.Should().BeTrue();
        (await Tokens.VerifyAsync(v1c, both)).Succeeded.Should().BeTrue();
        ((await Tokens.VerifyAsync(v1, own)).Refusal?.Reason).Should().Be(FailureReason.ForwardedFormRefused);
        ((await Tokens.VerifyAsync(v1c, Tokens.Verifier(s_proxy))).Refusal?.Reason).Should().Be(FailureReason.ForwardedFormRefused);
    }

    [Fact]
    public void TryIssue_SendsThePathWithoutItsAnchor()
    {
        TestCertificate leaf = s_deep.TestCertificate;
        string withAnchor = leaf.PemWithChain + TestSigner.Ca.Pem;
        Assert.True(SigningKeyPair.TryLoad(
            Encoding.ASCII.GetBytes(withAnchor), Encoding.ASCII.GetBytes(leaf.PrivateKeyPem), TestClock.Now, out SigningKeyPair? pair, out _));
        CertInfoTokenIssuer issuer = new(new FixedSource<SigningKeyPair>(pair), new() { Form = CertInfoForm.OwnKey, TimeProvider = s_clock });

        Assert.True(issuer.TryIssue(s_client, "alice", CertInfoRow.DefaultChallenge, out CertInfoToken? token, out _));

        string[] parts = Encoding.ASCII.GetString(token.Signature.Span).Split('.');
        Assert.Equal(["v1c", Encode(leaf.Der), Encode(s_intermediate.Der)], [parts[0], .. parts[2..]]);
    }

    [Fact]
    public void TryIssue_RefusesAPathThatIsTooLong()
    {
        TestCertificateAuthority ca = TestSigner.Ca;
        for (int i = 0; i < 5; i++)
            ca = ca.IssueIntermediate(TestName.Of(("CN", $"intermediate {i}")));

        bool issued = Tokens.Issuer(Issue(ca, "proxy-1"), CertInfoForm.OwnKey)
            .TryIssue(s_client, "alice", CertInfoRow.DefaultChallenge, out CertInfoToken? token, out Refusal? refusal);

        issued.Should().BeFalse();
        token.Should().BeNull();
        refusal!.Reason.Should().Be(FailureReason.ForwardingUnfit);
    }

    [Fact]
    public void Constructor_RefusesProxiesThatNobodyNames()
    {
        ProxySigners[] wrong =
        [
            Signers(), s_bySan with { Trust = null! }, s_bySan with { Subjects = default }, s_bySan with { Sha256 = [new byte[31]] },
            s_bySan with { Subjects = [null!] }, Signers() with { Subjects = [DistinguishedName.Parse("")] }, s_bySan with { AlternativeNames = [null!] },
            s_bySan with { Trust = new FixedSource<TrustBundle>(ForServers()) },
        ];

        wrong.Should().AllSatisfy(signers => FluentActions.Invoking(() => new CertInfoTokenVerifier(new() { OwnKeys = signers }))
            .Should().ThrowExactly<ArgumentException>());
    }

    [Fact]
    public async Task BundleForServers_PutInPlaceLater_TakesNoSigner()
    {
        Swappable<TrustBundle> trust = new(s_bySan.Trust.Current);
        CertInfoTokenVerifier verifier = new(new() { OwnKeys = s_bySan with { Trust = trust }, TimeProvider = s_clock });
        trust.Current = ForServers();
        TestSigner server = new(TestSigner.Ca.Issue(Request("proxy-1") with { ExtendedKeyUsages = [TestCertificateRequest.ServerAuth] }));
        await FluentActions.Awaiting(async () => await Tokens.VerifyAsync(Tokens.Issue(s_client, server, CertInfoForm.OwnKey), verifier))
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
    public void SubjectAlternativeName_IsReadExactly(string text, bool isName)
    {
        SubjectAlternativeName.TryParse(text, out SubjectAlternativeName? name).Should().Be(isName);
        (name?.ToString()).Should().Be(isName ? text : null);
        if (!isName)
            FluentActions.Invoking(() => SubjectAlternativeName.Parse(text)).Should().ThrowExactly<FormatException>();
    }

    private static ProxySigners Signers() =>
        new() { Trust = new FixedSource<TrustBundle>(TrustBundle.Load(Encoding.ASCII.GetBytes(TestSigner.Ca.Pem), s_trustOptions)) };

    private static TrustBundle ForServers() =>
        TrustBundle.Load(TestSigner.Ca.Der.Span, s_trustOptions with { Purpose = CertificatePurpose.ServerAuthentication });

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
            _ => Signers() with { AlternativeNames = [SubjectAlternativeName.Parse(pin)] },
        };
    }

    private static TestSigner Issue(TestCertificateAuthority ca, string name) => new(ca.Issue(Request(name)));

    private static TestCertificateRequest Request(string name) => new()
    {
        Subject = TestName.Of(("CN", name)),
        Sans = [TestSan.Dns($"{name}.test"), TestSan.Uri($"spiffe://x/{name}")],
    };

    private static string Encode(ReadOnlyMemory<byte> der) => Base64Url.EncodeToString(der.Span);

    private static async Task<FailureReason> ReasonAsync(ConnectionAttributes attributes, ProxySigners signers)
    {
        CertInfoTokenVerifier verifier = new(new() { OwnKeys = signers, TimeProvider = s_clock });
        CertInfoResult first = await Tokens.VerifyAsync(attributes, verifier), second = await Tokens.VerifyAsync(attributes, verifier);
        (second.Refusal?.Reason).Should().Be(first.Refusal?.Reason);
        Assert.DoesNotContain($"{first.Refusal}", char.IsControl);
        return first.Refusal?.Reason ?? FailureReason.None;
    }
}
