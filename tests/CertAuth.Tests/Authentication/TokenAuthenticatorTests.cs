using System.Text;
using CertAuth.AuthTokens;
using CertAuth.Requirements;
using CertAuth.Signing;
using CertAuth.Tests.AuthTokens;
using CertAuth.Tests.Requirements;

namespace CertAuth.Tests.Authentication;

public sealed class TokenAuthenticatorTests
{
    private static readonly TestTokenKey s_key = TestTokenKey.Create("k");
    private static readonly TokenKeySet s_keys = TokenKeySet.Parse(TestTokenKey.CreateJwkSet(s_key));
    private static readonly TokenKeySet s_otherKeys = TokenKeySet.Parse(TestTokenKey.CreateJwkSet(s_key.With("other")));
    private static readonly AuthTokenOptions s_options = new() { TimeProvider = new FixedClock(ClaimRow.Now) };
    private static readonly Account s_alice = Account.WithToken("alice", LoginRequirement.None, "alice@x.test");
    private static readonly byte[] s_token = Encoding.ASCII.GetBytes(s_key.Mint("alice", "alice@x.test", ClaimRow.Now, "issuer-a"));
    private static readonly TlsConnectionInfo s_tls = Clients.Tls();
    private static readonly TokenAuthenticator s_authenticator = new(Source.Fixed(s_keys), s_options);

    public static TheoryData<string, RejectionReason> Endings => new()
    {
        { "", RejectionReason.None },
        { "\0", RejectionReason.None },
        { "\0\0", RejectionReason.TokenBadBase64 },
        { "\n", RejectionReason.TokenBadBase64 },
        { "\n\0", RejectionReason.TokenBadBase64 },
        { " ", RejectionReason.TokenBadBase64 },
    };

    [Theory, MemberData(nameof(Endings))]
    public async Task AuthenticateAsync_IgnoresOneTrailingNul(string ending, RejectionReason reason) =>
        (await GetReasonAsync(CreateRequest([.. s_token, .. Encoding.ASCII.GetBytes(ending)]))).Should().Be(reason);

    [Theory]
    [InlineData(0, RejectionReason.TokenMalformed)]
    [InlineData(1, RejectionReason.TokenMalformed)]
    [InlineData(16_384, RejectionReason.TokenMalformed)]
    [InlineData(16_385, RejectionReason.TokenMalformed)]
    [InlineData(16_386, RejectionReason.TokenTooLarge)]
    [InlineData(1_000_000, RejectionReason.TokenTooLarge)]
    public async Task AuthenticateAsync_RejectsNulBytes_OfAnyLength(int bytes, RejectionReason reason) =>
        (await GetReasonAsync(CreateRequest(new byte[bytes]))).Should().Be(reason);

    [Fact]
    public async Task AuthenticateAsync_RejectsALeadingNul() =>
        (await GetReasonAsync(CreateRequest([0, .. s_token]))).Should().Be(RejectionReason.TokenBadBase64);

    [Fact]
    public async Task AuthenticateAsync_ReturnsTheIdentityAndItsCertificate()
    {
        TlsConnectionInfo tls = Clients.Tls(Clients.Certificate());

        AuthenticationResult result = await LogInAsync(new(s_alice, tls) { Credential = s_token });
        AuthenticationResult without = await LogInAsync(CreateRequest(s_token));

        (result.Identity!.UserName, result.Identity.Method).Should().Be(("alice", AuthenticationMethod.Token));
        result.Identity.Certificate.Should().BeSameAs(tls.ClientCertificate);
        tls.ClientCertificate.Should().NotBeNull();
        without.Identity!.Certificate.Should().BeNull();
        result.ToString().Should().Be("accepted: alice by token");
    }

    [Fact]
    public async Task AuthenticateAsync_RejectsATokenWithoutTls_UnlessTheOptionAllowsIt()
    {
        AuthenticationRequest withoutTls = new(s_alice) { Credential = s_token };
        TokenAuthenticator allowing = new(Source.Fixed(s_keys), s_options with { AllowTokensWithoutTls = true });
        Account ssl = Account.WithToken("alice", LoginRequirement.Ssl, "alice@x.test");

        (await GetReasonAsync(withoutTls)).Should().Be(RejectionReason.TokenWithoutTls);
        (await GetReasonAsync(withoutTls, allowing)).Should().Be(RejectionReason.None);
        (await GetReasonAsync(new(ssl) { Credential = s_token }, allowing)).Should().Be(RejectionReason.InsecureTransport);
    }

    [Theory]
    [InlineData(AuthenticationMethod.Custom, "one that logs in by custom method")]
    [InlineData(AuthenticationMethod.Certificate, "one that logs in by certificate")]
    public async Task AuthenticateAsync_RejectsAnAccountOfAnotherMethod(AuthenticationMethod method, string presented)
    {
        Account account = Logins.CreateAccount(method, LoginRequirement.Parse("SUBJECT '/CN=client'"));

        AuthenticationResult result = await LogInAsync(new(account) { Credential = s_token });

        (result.Rejection!.Reason, result.Rejection.Presented).Should().Be((RejectionReason.AccountMethodMismatch, presented));
    }

    // The requirement comes before the credential.
    [Theory]
    [InlineData("X509", RejectionReason.CertificateMissing)]
    [InlineData("CIPHER 'TLS_AES_256_GCM_SHA384'", RejectionReason.CipherMismatch)]
    [InlineData("SSL", RejectionReason.TokenMalformed)]
    [InlineData("TOKEN_ISSUER 'issuer-a'", RejectionReason.TokenMalformed)]
    public async Task AuthenticateAsync_EvaluatesTheRequirementFirst(string clause, RejectionReason reason)
    {
        Account account = Account.WithToken("alice", clause, "alice@x.test");

        (await GetReasonAsync(new(account, s_tls) { Credential = "x"u8.ToArray() })).Should().Be(reason);
    }

    [Theory]
    [InlineData("alice", "alice@x.test", "TOKEN_ISSUER 'issuer-a'", RejectionReason.None)]
    [InlineData("alice", "alice@x.test", "SSL", RejectionReason.None)]
    [InlineData("bob", "alice@x.test", "SSL", RejectionReason.TokenSubjectMismatch)]
    [InlineData("alice", "alice@x.test", "TOKEN_ISSUER 'issuer-b'", RejectionReason.TokenIssuerMismatch)]
    [InlineData("alice", "", "SSL", RejectionReason.TokenEmailMismatch)]
    [InlineData("alice", "Alice@x.test", "SSL", RejectionReason.TokenEmailMismatch)]
    public async Task AuthenticateAsync_ComparesTheClaimsWithTheAccount(string user, string email, string clause, RejectionReason reason)
    {
        Account account = Account.WithToken(user, clause, email);

        (await GetReasonAsync(new(account, s_tls) { Credential = s_token })).Should().Be(reason);
        account.Email.Should().Be(email);
    }

    [Fact]
    public async Task AuthenticateAsync_RetriesOnce_WhenNewerKeysExist()
    {
        FakeSource newer = new(s_otherKeys, () => s_keys);
        FakeSource same = new(s_otherKeys, () => s_otherKeys);
        FakeSource newerWithout = new(s_otherKeys, () => TokenKeySet.Parse(TestTokenKey.CreateJwkSet(s_key.With("third"))));

        (await GetReasonAsync(CreateRequest(s_token), new(newer, s_options))).Should().Be(RejectionReason.None);
        (await GetReasonAsync(CreateRequest(s_token), new(same, s_options))).Should().Be(RejectionReason.TokenKeyUnknown);
        (await GetReasonAsync(CreateRequest(s_token), new(newerWithout, s_options))).Should().Be(RejectionReason.TokenKeyUnknown);
        Assert.All([newer, same, newerWithout], source => source.Refreshed.Should().Equal(s_otherKeys));
    }

    [Fact]
    public async Task AuthenticateAsync_RefreshesTheKeys_OnlyForAnUnknownKey()
    {
        FakeSource source = new(s_keys, () => throw new InvalidOperationException());
        TokenAuthenticator authenticator = new(source, s_options);
        byte[] forged = [.. s_token];
        forged[^10] ^= 1;
        AuthenticationRequest withoutTls = new(s_alice) { Credential = s_token };
        AuthenticationRequest[] requests = [CreateRequest(s_token), CreateRequest(forged), CreateRequest([]), withoutTls];

        foreach (AuthenticationRequest request in requests)
        {
            ValueTask<AuthenticationResult> login = authenticator.AuthenticateAsync(request, TestContext.Current.CancellationToken);
            login.IsCompleted.Should().BeTrue();
            (await login).Should().NotBeNull();
        }

        source.Refreshed.Should().BeEmpty();
    }

    [Fact]
    public async Task AuthenticateAsync_PropagatesCancellation()
    {
        using CancellationTokenSource cancellation = new();
        FakeSource source = new(s_otherKeys, () =>
        {
            cancellation.Cancel();
            throw new OperationCanceledException(cancellation.Token);
        });
        TokenAuthenticator authenticator = new(source, s_options);

        Task LogIn() => authenticator.AuthenticateAsync(CreateRequest(s_token), cancellation.Token).AsTask();

        await FluentActions.Awaiting(LogIn).Should().ThrowExactlyAsync<OperationCanceledException>();
        await FluentActions.Awaiting(LogIn).Should().ThrowExactlyAsync<OperationCanceledException>();
        source.Refreshed.Should().ContainSingle();
        source.Token.Should().Be(cancellation.Token);
    }

    [Fact]
    public async Task AuthenticateAsync_ThrowsForApplicationErrors()
    {
        await FluentActions.Awaiting(() => s_authenticator.AuthenticateAsync(null!, TestContext.Current.CancellationToken).AsTask())
            .Should().ThrowExactlyAsync<ArgumentNullException>();
        FluentActions.Invoking(() => new TokenAuthenticator(null!)).Should().ThrowExactly<ArgumentNullException>();
    }

    [Fact]
    public async Task AuthenticateAsync_IsSafeForConcurrentUse()
    {
        TokenAuthenticator authenticator = new(new FakeSource(s_otherKeys, () => s_keys), s_options with { TokenCacheSize = 2 });
        Account bob = Account.WithToken("bob", LoginRequirement.None, "alice@x.test");
        int wrong = 0;

        await Parallel.ForAsync(0, 3_000, TestContext.Current.CancellationToken, async (i, _) =>
        {
            RejectionReason expected = i % 2 == 0 ? RejectionReason.None : RejectionReason.TokenSubjectMismatch;
            AuthenticationRequest request = new(i % 2 == 0 ? s_alice : bob, s_tls) { Credential = s_token };
            if (await GetReasonAsync(request, authenticator) != expected)
                Interlocked.Increment(ref wrong);
        });

        wrong.Should().Be(0);
    }

    private static AuthenticationRequest CreateRequest(byte[] credential) =>
        new(s_alice, s_tls) { Credential = credential };

    private static async Task<AuthenticationResult> LogInAsync(AuthenticationRequest request, TokenAuthenticator? authenticator = null) =>
        await (authenticator ?? s_authenticator).AuthenticateAsync(request, TestContext.Current.CancellationToken);

    private static async Task<RejectionReason> GetReasonAsync(AuthenticationRequest request, TokenAuthenticator? authenticator = null) =>
        (await LogInAsync(request, authenticator)).Rejection?.Reason ?? RejectionReason.None;

    /// <summary>A source that records each refresh.</summary>
    private sealed class FakeSource(TokenKeySet current, Func<TokenKeySet> refresh) : IRefreshableSource<TokenKeySet>
    {
        public TokenKeySet Current => current;

        internal System.Collections.Concurrent.ConcurrentQueue<TokenKeySet> Refreshed { get; } = [];

        internal CancellationToken Token { get; private set; }

        public ValueTask<TokenKeySet> RefreshAsync(TokenKeySet seen, CancellationToken cancellationToken = default)
        {
            Refreshed.Enqueue(seen);
            Token = cancellationToken;
            return new(refresh());
        }
    }
}
