using System.Collections.Immutable;
using System.Net.Security;
using System.Security.Authentication;
using System.Text;
using System.Text.Json;
using CertAuth.Certificates;
using CertAuth.Forwarding;
using CertAuth.Requirements;
using CertAuth.Signing;
using CertAuth.Tests.Requirements;
using CertAuth.Tls;
using FsCheck;
using FsCheck.Fluent;

namespace CertAuth.Tests.Forwarding;

public sealed class CertInfoIssuerTests
{
    private const string Members = "subject,issuer,SAN,cipher,tls,x5t,ciphers,vfy,srv_nbf,srv_exp,v,iat,exp,nonce,user";

    private static readonly TlsConnectionInfo s_full = new()
    {
        Protocol = SslProtocols.Tls12,
        CipherSuite = TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
        ClientCertificate = new(
            Clients.Certificate(TestName.Of(("C", "US"), ("CN", "alice")), sans: [TestSan.Dns("a.test"), TestSan.Email("a@b")]), default),
        ClientCertificateRequested = true,
        AllowedCipherSuites = [TlsCipherSuite.TLS_AES_256_GCM_SHA384, TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256],
        ServerCertificateNotBefore = new(2024, 1, 2, 3, 4, 5, TimeSpan.Zero),
        ServerCertificateNotAfter = new(2034, 4, 23, 7, 59, 47, TimeSpan.Zero),
    };

    [Theory]
    [InlineData("RSA")]
    [InlineData("P-256")]
    [InlineData("P-384")]
    [InlineData("P-521")]
    public async Task TryIssue_IssuesATokenThatVerifies(string key)
    {
        CertInfoResult result = await Tokens.VerifyAsync(Tokens.Issue(s_full, TestSigner.Of(key)), Tokens.Verifier(TestSigner.Of(key)));

        result.Succeeded.Should().BeTrue($"{result.Rejection}");
        result.Connection!.Origin.Should().Be(FactsOrigin.Forwarded);
        (result.Connection.Protocol, result.Connection.CipherSuite).Should().Be((s_full.Protocol, s_full.CipherSuite));
        result.Connection.ClientCertificate!.ToString().Should().Be("/C=US/CN=alice");
        result.Connection.ClientCertificate.Certificate.Should().BeNull();
        result.Connection.ClientCertificate.AnchorSha256.IsEmpty.Should().BeTrue();
        result.Connection.ClientCertificate.GetSubjectAlternativeNames().Select(name => name.ToString()).Should().Equal("DNS:a.test");
    }

    [Fact]
    public void TryIssue_WritesTheDocumentedMembers()
    {
        Assert.True(Tokens.Issuer().TryIssue(s_full, "alice", CertInfoRow.DefaultChallenge, out CertInfoToken? token, out _));
        using JsonDocument info = JsonDocument.Parse(token.Info);
        JsonElement Member(string name) => info.RootElement.GetProperty(name);

        string.Join(',', info.RootElement.EnumerateObject().Select(member => member.Name)).Should().Be(Members);
        Member("subject").GetString().Should().Be("/C=US/CN=alice");
        Member("issuer").GetString().Should().Be("/CN=CA");
        Member("SAN").GetString().Should().Be("DNS:a.test");
        Member("cipher").GetString().Should().Be("ECDHE-RSA-AES128-GCM-SHA256");
        Member("tls").GetString().Should().Be("TLSv1.2");
        Member("x5t").GetString()!.Length.Should().Be(43);
        Member("ciphers").GetString().Should().Be("TLS_AES_256_GCM_SHA384:ECDHE-RSA-AES128-GCM-SHA256");
        (Member("vfy").GetInt32(), Member("v").GetInt32()).Should().Be((1, 1));
        Member("srv_nbf").GetInt64().Should().Be(s_full.ServerCertificateNotBefore!.Value.ToUnixTimeSeconds());
        Member("iat").GetInt64().Should().Be(TestClock.Now.ToUnixTimeSeconds());
        (Member("exp").GetInt64() - Member("iat").GetInt64()).Should().Be(60);
        Member("nonce").GetString().Should().Be("AQIDBAUGBwgJCgsMDQ4PEBESExQ");
        Member("user").GetString().Should().Be("alice");
        Encoding.ASCII.GetString(token.Signature.Span).Should().StartWith("v1.");
        token.ToAttributes().Select(a => Encoding.ASCII.GetString(a.Name.Span)).Should().Equal(
            CertInfoToken.InfoAttributeName, CertInfoToken.SignatureAttributeName);
    }

    // A proxy and the server behind it show the same status variables.
    [Fact]
    public async Task TryIssue_IncludesTheStatusVariables()
    {
        TlsConnectionInfo?[] clients =
        [
            s_full, Clients.Tls(), Clients.Tls(Clients.Certificate()), null,
            new()
            {
                Protocol = SslProtocols.Tls13,
                CipherSuite = Clients.Aes256,
                AllowedCipherSuites = [.. AllSuites()],
                ClientCertificateRequested = true,
            },
        ];

        foreach (TlsConnectionInfo? client in clients)
            TlsStatus.GetRows(await Tokens.ForwardAsync(client)).Should().Equal(TlsStatus.GetRows(client));
    }

    [Fact]
    public void TryIssue_PreservesAlternativeNamesExactly() => Prop.ForAll(Generators.ForwardedSanItem.ListOf().ToArbitrary(), items =>
    {
        ParsedCertificate certificate = Clients.Certificate(sans: [.. items.Select(Generators.CreateSan)]);
        TlsConnectionInfo forwarded = Tokens.ForwardAsync(Clients.Tls(certificate)).GetAwaiter().GetResult()!;
        return forwarded.ClientCertificate!.GetSubjectAlternativeNames().SequenceEqual(certificate.GetSubjectAlternativeNames());
    }).Check(Generators.Times(400));

    [Fact]
    public async Task TryIssue_OmitsARejectedCertificate()
    {
        TlsConnectionInfo? forwarded = await Tokens.ForwardAsync(Clients.TlsRejected(new(RejectionReason.CertificateExpired)));

        forwarded!.ClientCertificate.Should().BeNull();
        LoginRequirement.X509.Evaluate(forwarded).Should().Be(RejectionReason.CertificateMissing);
    }

    public static TheoryData<string> Unrepresentable =>
        ["subject", "issuer", "san", "large", "suite", "suites", "version", "user", "server"];

    [Theory, MemberData(nameof(Unrepresentable))]
    public void TryIssue_RejectsUnrepresentableFacts(string what)
    {
        TestName name = TestName.Of(("CN", "a"));
        TlsConnectionInfo client = what switch
        {
            "subject" => Clients.Tls(Clients.Certificate(Clients.MalformedName)),
            "issuer" => Clients.Tls(Clients.Certificate(name, Clients.MalformedName)),
            "san" => Clients.Tls(Clients.Certificate(name, sans: [TestSan.Dns("\0")])),
            "large" => Clients.Tls(Clients.Certificate(TestName.Of(("CN", new string('a', 20_000))))),
            "suite" => Clients.Tls(suite: (TlsCipherSuite)0xC0FF),
            "suites" => new()
            {
                Protocol = SslProtocols.Tls13,
                CipherSuite = Clients.Aes128,
                AllowedCipherSuites = [(TlsCipherSuite)0xC0FF],
            },
#pragma warning disable SYSLIB0039, CA5397 // An application may still allow TLS 1.1.
            "version" => new() { Protocol = SslProtocols.Tls11, CipherSuite = Clients.Aes128 },
#pragma warning restore SYSLIB0039, CA5397
            "server" => new()
            {
                Protocol = SslProtocols.Tls13,
                CipherSuite = Clients.Aes128,
                ServerCertificateNotBefore = DateTimeOffset.MinValue,
            },
            _ => Clients.Tls(),
        };
        string user = what == "user" ? "\uD800" : "alice";

        Assert.False(
            Tokens.Issuer().TryIssue(client, user, CertInfoRow.DefaultChallenge, out CertInfoToken? token, out Rejection? rejection));
        token.Should().BeNull();
        rejection.Reason.Should().Be(RejectionReason.ForwardingFactsUnrepresentable);
        rejection.Required.Should().NotBeNull();
    }

    [Theory]
    [InlineData(15, false)]
    [InlineData(16, true)]
    [InlineData(32, true)]
    [InlineData(33, false)]
    [InlineData(0, false)]
    public void TryIssue_RejectsAChallengeOfTheWrongLength(int bytes, bool isAccepted)
    {
        bool issued = Tokens.Issuer().TryIssue(s_full, "alice", new byte[bytes], out _, out Rejection? rejection);

        issued.Should().Be(isAccepted);
        (rejection?.Reason).Should().Be(isAccepted ? null : RejectionReason.ForwardingBadChallenge);
    }

    [Fact]
    public void TryIssue_RejectsASignerThatIsNotValid()
    {
        TestSigner brief = TestSigner.Create(TestKeyType.P256, TestClock.Now.AddMinutes(1));
        FixedClock clock = new(TestClock.Now);
        CertInfoTokenIssuer issuer = Tokens.Issuer(brief, clock: clock);
        RejectionReason? Issue()
        {
            issuer.TryIssue(s_full, "alice", CertInfoRow.DefaultChallenge, out _, out Rejection? rejection);
            return rejection?.Reason;
        }

        Issue().Should().BeNull();
        clock.Now = TestClock.Now.AddMinutes(1);
        Issue().Should().BeNull();
        clock.Now = TestClock.Now.AddSeconds(61);
        Issue().Should().Be(RejectionReason.ForwardingSignerInvalid);
        clock.Now = TestClock.Now.AddDays(-30);
        Issue().Should().Be(RejectionReason.ForwardingSignerInvalid);
    }

    [Fact]
    public async Task TryIssue_SignsWithTheNewestPair()
    {
        ReplaceableSource<SigningKeyPair> keys = new(TestSigner.P256.Pair);
        CertInfoTokenIssuer issuer = new(keys, new() { TimeProvider = new FixedClock(TestClock.Now) });
        keys.Current = TestSigner.P384.Pair;

        Assert.True(issuer.TryIssue(s_full, "alice", CertInfoRow.DefaultChallenge, out CertInfoToken? token, out _));

        (await Tokens.VerifyAsync(new(token.ToAttributes()), Tokens.Verifier(TestSigner.P384))).Succeeded.Should().BeTrue();
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(1.5, false)]
    [InlineData(300, true)]
    [InlineData(301, false)]
    [InlineData(-1, false)]
    public void Constructor_ChecksTheLifetime(double seconds, bool isValid)
    {
        CertInfoTokenIssuerOptions options = new() { Lifetime = TimeSpan.FromSeconds(seconds) };

        Exception? thrown = Record.Exception(() => new CertInfoTokenIssuer(Source.Fixed(TestSigner.P256.Pair), options));

        (thrown is null).Should().Be(isValid);
        (thrown is null or ArgumentException).Should().BeTrue();
    }

    [Fact]
    public void Constructor_ReportsAllProblems()
    {
        CertInfoTokenIssuerOptions options = new() { Lifetime = default, Format = CertInfoTokenFormat.None, TimeProvider = null! };

        string message = FluentActions.Invoking(
            () => new CertInfoTokenIssuer(Source.Fixed(TestSigner.P256.Pair), options))
            .Should().ThrowExactly<ArgumentException>().Which.Message;

        Assert.All(["Lifetime", "Format", "TimeProvider"], name => message.Should().Contain(name));
    }

    private static ImmutableArray<TlsCipherSuite> AllSuites() => [.. Enum.GetValues<TlsCipherSuite>().Take(100)];
}
