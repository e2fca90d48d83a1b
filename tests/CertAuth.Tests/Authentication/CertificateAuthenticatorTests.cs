using System.Net.Security;
using System.Security.Authentication;
using CertAuth.Certificates;
using CertAuth.Requirements;
using static CertAuth.Tests.Support.TrustExtensions;

namespace CertAuth.Tests.Authentication;

public sealed class CertificateAuthenticatorTests
{
    private static readonly TestCertificateAuthority s_ca = TestCertificateAuthority.Create(TestName.Of(("CN", "ca")));
    private static readonly VerifiedCertificate s_alice = Verify(TestName.Of(("CN", "alice")));
    private static readonly VerifiedCertificate s_mallory = Verify(TestName.Of(("CN", "mallory")));
    private static readonly CertificateAuthenticator s_authenticator = new();

    public static TheoryData<string, string, RejectionReason, string?, string?, string?> Rejections => new()
    {
        { "SUBJECT '/CN=alice'", "off", RejectionReason.InsecureTransport, "TLS", "a connection without TLS", null },
        { "SUBJECT '/CN=alice'", "none", RejectionReason.CertificateMissing, "a verified client certificate", null, null },
        {
            "SUBJECT '/CN=alice'", "rejected", RejectionReason.CertificateMissing, "a verified client certificate",
            "a rejected certificate: A certificate has expired. Required: now; presented: then.", null
        },
        {
            "SUBJECT '/CN=alice'", "mallory", RejectionReason.SubjectMismatch, "/CN=alice",
            "/CN=mallory", "RDN 1: CN=alice is required, CN=mallory is presented"
        },
        {
            "SUBJECT '/CN=alice' ISSUER '/CN=other'", "alice", RejectionReason.IssuerMismatch, "/CN=other",
            "/CN=ca", "RDN 1: CN=other is required, CN=ca is presented"
        },
        { "SAN 'DNS:alice.test'", "alice", RejectionReason.SanMismatch, "DNS:alice.test", null, null },
        {
            "SUBJECT '/CN=bob' CIPHER 'TLS_AES_256_GCM_SHA384'", "alice", RejectionReason.CipherMismatch,
            "TLS_AES_256_GCM_SHA384", "TLS_AES_128_GCM_SHA256", null
        },
    };

    [Theory, MemberData(nameof(Rejections))]
    public async Task AuthenticateAsync_ReturnsTheRequiredAndPresentedFacts_WhenItRejects(
        string clause, string connection, RejectionReason reason, string? required, string? presented, string? difference)
    {
        AuthenticationResult result = await LogInAsync(LoginRequirement.Parse(clause), CreateConnection(connection));

        result.Succeeded.Should().BeFalse();
        result.Identity.Should().BeNull();
        (result.Rejection!.Reason, result.Rejection.Required).Should().Be((reason, required));
        (result.Rejection.Presented, result.Rejection.Difference).Should().Be((presented, difference));
        result.ToString().Should().StartWith($"rejected ({(int)reason}): {result.Rejection.Summary}");
    }

    [Fact]
    public async Task AuthenticateAsync_ReturnsTheIdentity()
    {
        AuthenticationResult result = await LogInAsync(
            LoginRequirement.Parse("SUBJECT '/CN=alice' ISSUER '/CN=ca'"), CreateConnection("alice"));

        Assert.True(result.Succeeded);
        Assert.Null(result.Rejection);
        (result.Identity.UserName, result.Identity.Method).Should().Be(("alice", AuthenticationMethod.Certificate));
        result.Identity.Certificate.Should().BeSameAs(s_alice);
        result.ToString().Should().Be("accepted: alice by certificate");
    }

    [Fact]
    public async Task AuthenticateAsync_RejectsAnAccountOfAnotherMethod()
    {
        Account account = Account.Custom("alice", LoginRequirement.None);

        AuthenticationResult result = await s_authenticator.AuthenticateAsync(
            new(account, CreateConnection("alice")), TestContext.Current.CancellationToken);

        result.Rejection!.Reason.Should().Be(RejectionReason.AccountMethodMismatch);
        result.Rejection.Presented.Should().Be("one that logs in by custom method");
    }

    [Theory]
    [InlineData("off")]
    [InlineData("none")]
    [InlineData("alice")]
    public async Task AuthenticateAsync_RejectsEveryLogin_WhenTheRequirementIsMalformed(string connection)
    {
        AuthenticationResult result = await LogInAsync(
            LoginRequirement.FromStored(new StoredRequirement("abc", null)), CreateConnection(connection));

        result.Rejection!.Reason.Should().Be(RejectionReason.RequirementMalformed);
        result.Rejection.ToString().Should().NotBeNullOrEmpty();
    }

    [Fact]
    public async Task AuthenticateAsync_ThrowsForApplicationErrors()
    {
        LoginRequirement requirement = LoginRequirement.Parse("SUBJECT '/CN=alice'");
        AuthenticationRequest request = new(Account.WithCertificate("alice", requirement));
        CancellationToken canceled = new(canceled: true);

        await FluentActions.Awaiting(() => s_authenticator.AuthenticateAsync(null!, TestContext.Current.CancellationToken).AsTask())
            .Should().ThrowExactlyAsync<ArgumentNullException>();
        await FluentActions.Awaiting(() => s_authenticator.AuthenticateAsync(request, canceled).AsTask())
            .Should().ThrowExactlyAsync<OperationCanceledException>();
        FluentActions.Invoking(() => new AuthenticationRequest(null!)).Should().ThrowExactly<ArgumentNullException>();
    }

    [Fact]
    public async Task AuthenticateAsync_IsSafeForConcurrentUse()
    {
        LoginRequirement requirement = LoginRequirement.Parse("SUBJECT '/CN=alice'");
        TlsConnectionInfo?[] connections = [CreateConnection("alice"), CreateConnection("mallory"), CreateConnection("off")];

        await Parallel.ForAsync(0, 30_000, TestContext.Current.CancellationToken, async (i, _) =>
        {
            AuthenticationResult result = await LogInAsync(requirement, connections[i % 3]);
            RejectionReason expected = (i % 3) switch
            {
                0 => RejectionReason.None,
                1 => RejectionReason.SubjectMismatch,
                _ => RejectionReason.InsecureTransport,
            };
            if (expected != (result.Rejection?.Reason ?? RejectionReason.None))
                Assert.Fail($"{i}: {result}");
        });

        connections.Length.Should().Be(3);
    }

    [Fact]
    public async Task AuthenticateAsync_EscapesHostileNames()
    {
        string hostile = "x\r\naccepted: root by certificate\u202E\u0007\u2028" + new string('y', 60_000);
        VerifiedCertificate evil = Verify(TestName.FromRdns(new TestRdn(new TestNameAttribute("CN", hostile, TestStringType.Utf8))));

        AuthenticationResult result = await LogInAsync(LoginRequirement.Parse("SUBJECT '/CN=alice'"), CreateConnection(evil));

        string line = result.ToString();
        result.Rejection!.Reason.Should().Be(RejectionReason.SubjectMismatch);
        Assert.DoesNotContain(line, c => char.IsControl(c) || c is '\u202E' or '\u2028');
        line.Length.Should().BeInRange(1, 8 * 512);
    }

    [Fact]
    public void Rejection_EscapesAndBoundsItsTexts()
    {
        string megabyte = "a\nb\u202E" + new string('z', 1_000_000);

        Rejection rejection = new(RejectionReason.CustomRejected, megabyte, megabyte);

        rejection.Required.Should().StartWith("a\\u{000A}b\\u{202E}zzz");
        rejection.Presented.Should().Be(rejection.Required);
        rejection.ToString().Length.Should().BeInRange(1000, 1200);
        FluentActions.Invoking(() => new Rejection(RejectionReason.None)).Should().ThrowExactly<ArgumentOutOfRangeException>();
    }

    private static ValueTask<AuthenticationResult> LogInAsync(LoginRequirement requirement, TlsConnectionInfo? connection) =>
        s_authenticator.AuthenticateAsync(
            new(Account.WithCertificate("alice", requirement), connection));

    private static TlsConnectionInfo? CreateConnection(string kind) => kind switch
    {
        "off" => null,
        "alice" => CreateConnection(s_alice),
        "mallory" => CreateConnection(s_mallory),
        "rejected" => new()
        {
            Protocol = SslProtocols.Tls13,
            CipherSuite = TlsCipherSuite.TLS_AES_128_GCM_SHA256,
            ClientCertificateRejection = new(RejectionReason.CertificateExpired, "now", "then"),
        },
        _ => CreateConnection((VerifiedCertificate?)null),
    };

    private static TlsConnectionInfo CreateConnection(VerifiedCertificate? certificate) => new()
    {
        Protocol = SslProtocols.Tls13,
        CipherSuite = TlsCipherSuite.TLS_AES_128_GCM_SHA256,
        ClientCertificate = certificate,
    };

    private static VerifiedCertificate Verify(TestName subject)
    {
        TestCertificate leaf = s_ca.IssueClient(subject);
        return Bundle(s_ca.Certificate).TryVerify(leaf.Der.Span, [], out VerifiedCertificate? verified, out Rejection? rejection)
            ? verified
            : throw new InvalidOperationException(rejection.ToString());
    }
}
