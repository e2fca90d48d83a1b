using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using CertAuth.AuthTokens;
using CertAuth.Signing;

namespace CertAuth.Tests.AuthTokens;

/// <summary>The cache of verified tokens.</summary>
/// <remarks>To detect whether a signature is verified, the tests add a forged token to the cache: it is accepted only if it is not
/// verified.</remarks>
public sealed class TokenCacheTests
{
    private static readonly DateTimeOffset s_now = ClaimRow.Now;
    private static readonly TestTokenKey s_key = TestTokenKey.Create("k");
    private static readonly ExpectedClaims s_alice = new("alice", "alice@x.test");
    private static readonly byte[] s_token = Mint("alice");
    private static readonly byte[] s_forged = Forge(s_token);

    private readonly FixedClock _clock = new(s_now);
    private readonly TokenKeySet _keys = Keys();

    [Fact]
    public void TryValidate_DoesNotVerifyTheSignatureOfACachedToken()
    {
        AuthTokenValidator validator = Validator(1024);

        Reason(validator, s_token).Should().Be(RejectionReason.None);
        IsCached(validator, s_token).Should().BeTrue();

        CacheForgedToken(validator);
        Reason(validator, s_forged).Should().Be(RejectionReason.None);
        Reason(validator, Forge(Mint("alice", jti: 1))).Should().Be(RejectionReason.TokenBadSignature);
        Reason(Validator(1024), s_forged).Should().Be(RejectionReason.TokenBadSignature);
    }

    [Fact]
    public void TryValidate_ChecksClaimsAndTimesOfACachedToken()
    {
        AuthTokenValidator validator = Validator(1024);
        CacheForgedToken(validator);

        Reason(validator, s_forged, new("bob", "alice@x.test")).Should().Be(RejectionReason.TokenSubjectMismatch);
        Reason(validator, s_forged, new("alice", "alice@y.test")).Should().Be(RejectionReason.TokenEmailMismatch);
        Reason(validator, s_forged, new("alice", "alice@x.test", "issuer-a")).Should().Be(RejectionReason.TokenIssuerMismatch);

        _clock.Now = s_now.AddSeconds(60);
        Reason(validator, s_forged).Should().Be(RejectionReason.None);
        _clock.Now = s_now.AddSeconds(60).AddTicks(1);
        Reason(validator, s_forged).Should().Be(RejectionReason.TokenExpired);
        _clock.Now = s_now.AddTicks(-1);
        Reason(validator, s_forged).Should().Be(RejectionReason.TokenIssuedInFuture);
        _clock.Now = s_now.AddSeconds(901);
        Reason(validator, s_forged).Should().Be(RejectionReason.TokenMaxAgeExceeded);
        _clock.Now = s_now;
        Reason(validator, s_forged).Should().Be(RejectionReason.None);
    }

    [Fact]
    public void TryValidate_CachesAToken_WhenOnlyItsClaimsAreRejected()
    {
        AuthTokenValidator validator = Validator(1024);
        byte[] token = Mint("bob");

        Reason(validator, token).Should().Be(RejectionReason.TokenSubjectMismatch);

        IsCached(validator, token).Should().BeTrue();
        Reason(validator, token).Should().Be(RejectionReason.TokenSubjectMismatch);
        Reason(validator, token, new("bob", "alice@x.test")).Should().Be(RejectionReason.None);
    }

    [Fact]
    public void TryValidate_VerifiesTheSignatureAgain_ForEachKeySet()
    {
        AuthTokenValidator validator = Validator(1024);
        CacheForgedToken(validator);

        Reason(validator, s_forged, keys: Keys()).Should().Be(RejectionReason.TokenBadSignature);
        TokenKeySet rotated = TokenKeySet.Parse(TestTokenKey.CreateJwkSet(TestTokenKey.Create("k")));
        Reason(validator, s_token, keys: rotated).Should().Be(RejectionReason.TokenBadSignature);
        TokenKeySet without = TokenKeySet.Parse(TestTokenKey.CreateJwkSet(s_key.With("other")));
        Reason(validator, s_token, keys: without).Should().Be(RejectionReason.TokenKeyUnknown);
        Reason(validator, s_token, keys: Keys()).Should().Be(RejectionReason.None);
    }

    [Fact]
    public void TryValidate_NeverCachesAnUnverifiedToken()
    {
        AuthTokenValidator validator = Validator(1024);
        byte[] badPayload = Encoding.ASCII.GetBytes(s_key.Sign(ClaimRow.DefaultHeader, "[]"u8));

        for (int i = 0; i < 3; i++)
        {
            Reason(validator, s_forged).Should().Be(RejectionReason.TokenBadSignature);
            Reason(validator, badPayload).Should().Be(RejectionReason.TokenBadPayload);
        }

        Reason(validator, s_token).Should().Be(RejectionReason.None);
        Reason(validator, s_forged).Should().Be(RejectionReason.TokenBadSignature);
        Reason(validator, [.. s_token, .. ".x"u8]).Should().Be(RejectionReason.TokenMalformed);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(8, 8)]
    public void TryValidate_LimitsTheNumberOfCachedTokens(int option, int max)
    {
        AuthTokenValidator validator = Validator(option);
        byte[][] tokens = [.. Enumerable.Range(0, 12).Select(i => Mint("alice", i))];
        tokens.Should().AllSatisfy(token => Reason(validator, token).Should().Be(RejectionReason.None));

        bool[] cached = [.. tokens.Select(token => IsCached(validator, token))];

        cached.Count(isCached => isCached).Should().BeInRange(Math.Min(1, option), max);
        IsCached(validator, tokens[^1]).Should().Be(option > 0);
    }

    [Theory]
    [InlineData(4096, true)]
    [InlineData(4097, false)]
    public void TryValidate_CachesOnlyShortPayloads(int bytes, bool isCached)
    {
        AuthTokenValidator validator = Validator(1024);
        long now = s_now.ToUnixTimeSeconds();
        string start = $$"""{"sub":"alice","email":"alice@x.test","iat":{{now}},"exp":{{now}},"x":""";
        string payload = $"{start}\"{new string('x', bytes - start.Length - 3)}\"}}";
        byte[] token = Encoding.ASCII.GetBytes(s_key.Sign(ClaimRow.DefaultHeader, Encoding.ASCII.GetBytes(payload)));
        payload.Length.Should().Be(bytes);
        Reason(validator, token).Should().Be(RejectionReason.None);

        IsCached(validator, token).Should().Be(isCached);
    }

    [Fact]
    public void TryValidate_IsSafeForConcurrentUse()
    {
        AuthTokenValidator validator = Validator(4);
        ImmutableArray<TokenKeySet> sets = [_keys, Keys(), TokenKeySet.Parse(TestTokenKey.CreateJwkSet(s_key.With("other")))];
        byte[][] tokens = [.. Enumerable.Range(0, 8).Select(i => Mint(i % 2 == 0 ? "alice" : "bob", i))];
        int wrong = 0;

        Parallel.For(0, 4000, i =>
        {
            RejectionReason expected = i % 3 == 2 ? RejectionReason.TokenKeyUnknown
                : i % 8 % 2 == 0 ? RejectionReason.None : RejectionReason.TokenSubjectMismatch;
            if (Reason(validator, tokens[i % 8], keys: sets[i % 3]) != expected)
                Interlocked.Increment(ref wrong);
        });

        wrong.Should().Be(0);
    }

    private static byte[] Mint(string user, int jti = 0) => Encoding.ASCII.GetBytes(s_key.Mint(new()
    {
        ["sub"] = user,
        ["email"] = "alice@x.test",
        ["iat"] = s_now.ToUnixTimeSeconds(),
        ["exp"] = s_now.ToUnixTimeSeconds() + 60,
        ["jti"] = jti,
    }));

    private static TokenKeySet Keys() => TokenKeySet.Parse(TestTokenKey.CreateJwkSet(s_key));

    private static byte[] Forge(byte[] token) => [.. token[..^10], token[^10] == 'A' ? (byte)'B' : (byte)'A', .. token[^9..]];

    private AuthTokenValidator Validator(int cached) => new(new() { TokenCacheSize = cached, TimeProvider = _clock });

    private RejectionReason Reason(
        AuthTokenValidator validator, byte[] token, ExpectedClaims? expected = null, TokenKeySet? keys = null) =>
        validator.TryValidate(token, keys ?? _keys, expected ?? s_alice, out Rejection? rejection)
            ? RejectionReason.None
            : rejection.Reason;

    private void CacheForgedToken(AuthTokenValidator validator)
    {
        Reason(validator, s_token).Should().Be(RejectionReason.None);
        Assert.True(validator.CachedTokens!.TryGet(SHA256.HashData(s_token), out AuthTokenValidator.VerifiedToken? genuine));
        validator.CachedTokens.Set(SHA256.HashData(s_forged), genuine!);
    }

    private static bool IsCached(AuthTokenValidator validator, byte[] token) =>
        validator.CachedTokens?.TryGet(SHA256.HashData(token), out _) == true;
}
