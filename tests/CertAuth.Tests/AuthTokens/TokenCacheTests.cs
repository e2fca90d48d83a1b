using System.Collections.Immutable;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using CertAuth.AuthTokens;
using CertAuth.Signing;
using CertAuth.Testing;

namespace CertAuth.Tests.AuthTokens;

/// <summary>The memory of verified tokens.</summary>
/// <remarks>Whether a signature is verified is seen by breaking the key: its verification then throws.</remarks>
public sealed class TokenCacheTests
{
    private static readonly DateTimeOffset s_now = ClaimRow.Now;
    private static readonly TestTokenKey s_key = TestTokenKey.Create("k");
    private static readonly ExpectedClaims s_alice = new("alice", "alice@x.test");
    private static readonly byte[] s_token = Mint("alice");

    private readonly FixedClock _clock = new(s_now);
    private readonly VerificationKeySet _keys = Keys();

    [Fact]
    public void TryValidate_SkipsTheSignatureOfARememberedToken()
    {
        AuthTokenValidator validator = Validator(1024);

        Assert.Equal(FailureReason.None, Reason(validator, s_token));
        Break(_keys);

        Assert.Equal(FailureReason.None, Reason(validator, s_token));
        Assert.Throws<ObjectDisposedException>(() => Reason(validator, Mint("alice", jti: 1)));
        Assert.Throws<ObjectDisposedException>(() => Reason(Validator(1024), s_token));
    }

    [Fact]
    public void TryValidate_ChecksClaimsAndTimesOfARememberedToken()
    {
        AuthTokenValidator validator = Validator(1024);
        Assert.Equal(FailureReason.None, Reason(validator, s_token));
        Break(_keys);

        Assert.Equal(FailureReason.TokenSubjectMismatch, Reason(validator, s_token, new("bob", "alice@x.test")));
        Assert.Equal(FailureReason.TokenEmailMismatch, Reason(validator, s_token, new("alice", "alice@y.test")));
        Assert.Equal(FailureReason.TokenIssuerMismatch, Reason(validator, s_token, new("alice", "alice@x.test", "issuer-a")));

        _clock.Now = s_now.AddSeconds(60);
        Assert.Equal(FailureReason.None, Reason(validator, s_token));
        _clock.Now = s_now.AddSeconds(60).AddTicks(1);
        Assert.Equal(FailureReason.TokenExpired, Reason(validator, s_token));
        _clock.Now = s_now.AddTicks(-1);
        Assert.Equal(FailureReason.TokenIssuedInFuture, Reason(validator, s_token));
        _clock.Now = s_now.AddSeconds(901);
        Assert.Equal(FailureReason.TokenTooOld, Reason(validator, s_token));
        _clock.Now = s_now;
        Assert.Equal(FailureReason.None, Reason(validator, s_token));
    }

    [Fact]
    public void TryValidate_RemembersATokenRefusedForItsClaimsAndRefusesItAgain()
    {
        AuthTokenValidator validator = Validator(1024);
        byte[] bobs = Mint("bob");

        Assert.Equal(FailureReason.TokenSubjectMismatch, Reason(validator, bobs));
        Break(_keys);

        Assert.Equal(FailureReason.TokenSubjectMismatch, Reason(validator, bobs));
        Assert.Equal(FailureReason.None, Reason(validator, bobs, new("bob", "alice@x.test")));
    }

    [Fact]
    public void TryValidate_VerifiesAgainForEveryNewKeySet()
    {
        AuthTokenValidator validator = Validator(1024);
        Assert.Equal(FailureReason.None, Reason(validator, s_token));

        VerificationKeySet same = Keys();
        Break(same);
        Assert.Throws<ObjectDisposedException>(() => Reason(validator, s_token, keys: same));
        VerificationKeySet rotated = VerificationKeySet.Parse(TestTokenKey.KeySet(TestTokenKey.Create("k")));
        Assert.Equal(FailureReason.TokenBadSignature, Reason(validator, s_token, keys: rotated));
        VerificationKeySet without = VerificationKeySet.Parse(TestTokenKey.KeySet(s_key.With("other")));
        Assert.Equal(FailureReason.TokenKeyUnknown, Reason(validator, s_token, keys: without));
        Assert.Equal(FailureReason.None, Reason(validator, s_token, keys: Keys()));
    }

    [Fact]
    public void TryValidate_NeverRemembersWhatWasNotVerified()
    {
        AuthTokenValidator validator = Validator(1024);
        byte[] forged = [.. s_token];
        forged[^10] = forged[^10] == 'A' ? (byte)'B' : (byte)'A';
        byte[] badPayload = Encoding.ASCII.GetBytes(s_key.Sign(ClaimRow.DefaultHeader, "[]"u8));

        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(FailureReason.TokenBadSignature, Reason(validator, forged));
            Assert.Equal(FailureReason.TokenBadPayload, Reason(validator, badPayload));
        }

        Assert.Equal(FailureReason.None, Reason(validator, s_token));
        Assert.Equal(FailureReason.TokenBadSignature, Reason(validator, forged));
        Assert.Equal(FailureReason.TokenMalformed, Reason(validator, [.. s_token, .. ".x"u8]));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(8, 8)]
    public void TryValidate_RemembersNoMoreThanTheOption(int option, int most)
    {
        AuthTokenValidator validator = Validator(option);
        byte[][] tokens = [.. Enumerable.Range(0, 12).Select(i => Mint("alice", i))];
        Assert.All(tokens, token => Assert.Equal(FailureReason.None, Reason(validator, token)));
        Break(_keys);

        bool[] remembered = [.. tokens.Select(token => Remembers(validator, token))];

        Assert.InRange(remembered.Count(r => r), Math.Min(1, option), most);
        Assert.Equal(option > 0, Remembers(validator, tokens[^1]));
    }

    [Theory]
    [InlineData(4096, true)]
    [InlineData(4097, false)]
    public void TryValidate_RemembersShortPayloadsOnly(int octets, bool remembered)
    {
        AuthTokenValidator validator = Validator(1024);
        long now = s_now.ToUnixTimeSeconds();
        string start = $$"""{"sub":"alice","email":"alice@x.test","iat":{{now}},"exp":{{now}},"x":""";
        string payload = $"{start}\"{new string('x', octets - start.Length - 3)}\"}}";
        byte[] token = Encoding.ASCII.GetBytes(s_key.Sign(ClaimRow.DefaultHeader, Encoding.ASCII.GetBytes(payload)));
        Assert.Equal(octets, payload.Length);
        Assert.Equal(FailureReason.None, Reason(validator, token));
        Break(_keys);

        Assert.Equal(remembered, Remembers(validator, token));
    }

    [Fact]
    public void TryValidate_DecidesManyAtOnce()
    {
        AuthTokenValidator validator = Validator(4);
        ImmutableArray<VerificationKeySet> sets = [_keys, Keys(), VerificationKeySet.Parse(TestTokenKey.KeySet(s_key.With("other")))];
        byte[][] tokens = [.. Enumerable.Range(0, 8).Select(i => Mint(i % 2 == 0 ? "alice" : "bob", i))];
        int wrong = 0;

        Parallel.For(0, 4000, i =>
        {
            FailureReason expected = i % 3 == 2 ? FailureReason.TokenKeyUnknown
                : i % 8 % 2 == 0 ? FailureReason.None : FailureReason.TokenSubjectMismatch;
            if (Reason(validator, tokens[i % 8], keys: sets[i % 3]) != expected)
                Interlocked.Increment(ref wrong);
        });

        Assert.Equal(0, wrong);
    }

    private static byte[] Mint(string user, int jti = 0) => Encoding.ASCII.GetBytes(s_key.Mint(new()
    {
        ["sub"] = user,
        ["email"] = "alice@x.test",
        ["iat"] = s_now.ToUnixTimeSeconds(),
        ["exp"] = s_now.ToUnixTimeSeconds() + 60,
        ["jti"] = jti,
    }));

    private static VerificationKeySet Keys() => VerificationKeySet.Parse(TestTokenKey.KeySet(s_key));

    private static void Break(VerificationKeySet keys)
    {
        FieldInfo key = typeof(TokenKey).GetField("_key", BindingFlags.Instance | BindingFlags.NonPublic)!;
        ((Lazy<AsymmetricAlgorithm>)key.GetValue(keys.Find("k"u8))!).Value.Dispose();
    }

    private AuthTokenValidator Validator(int cached) => new(new() { CachedTokens = cached, TimeProvider = _clock });

    private FailureReason Reason(
        AuthTokenValidator validator, byte[] token, ExpectedClaims? expected = null, VerificationKeySet? keys = null) =>
        validator.TryValidate(token, keys ?? _keys, expected ?? s_alice, out Refusal? refusal) ? FailureReason.None : refusal.Reason;

    private bool Remembers(AuthTokenValidator validator, byte[] token)
    {
        try
        {
            return Reason(validator, token) == FailureReason.None;
        }
        catch (ObjectDisposedException)
        {
            return false;
        }
    }
}
