using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using CertAuth.AuthTokens;
using CertAuth.Requirements;
using CertAuth.Signing;

namespace CertAuth.Tests.Support;

/// <summary>The rotation of a token key: the JWK sets before and after the new key is added, and logins with tokens of both keys.</summary>
internal static class TokenRotation
{
    private static readonly TestTokenKey s_oldKey = TestTokenKey.Create("old", SignatureAlgorithm.ES256);
    private static readonly TestTokenKey s_newKey = TestTokenKey.Create("new", SignatureAlgorithm.ES256);
    private static readonly Account s_alice = Account.WithToken("alice", LoginRequirement.None, "alice@x.test");

    /// <summary>The time at which the tokens are issued and verified.</summary>
    internal static DateTimeOffset Now { get; } = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    internal static byte[] OldSet { get; } = TestTokenKey.CreateJwkSet(s_oldKey);

    internal static byte[] NewSet { get; } = TestTokenKey.CreateJwkSet(s_oldKey, s_newKey);

    internal static byte[] OldToken { get; } = Mint(s_oldKey);

    internal static byte[] NewToken { get; } = Mint(s_newKey);

    internal static AuthTokenOptions Validation { get; } = new() { TimeProvider = new FixedClock(Now), AllowTokensWithoutTls = true };

    internal static Task<AuthenticationResult> LogInAsync(
        IAuthenticator authenticator, byte[] token, CancellationToken? cancellationToken = null) =>
        authenticator.AuthenticateAsync(
            new(s_alice) { Credential = token }, cancellationToken ?? TestContext.Current.CancellationToken).AsTask();

    /// <summary>The attack: logs in with tokens whose key IDs differ, each of which could be that of a newer key, and with a valid token at
    /// every tenth login. Each verdict must be right.</summary>
    internal static async Task AttackAsync(IAuthenticator authenticator, int logins)
    {
        byte[] payloadAndSignature = OldToken[Array.IndexOf(OldToken, (byte)'.')..];
        int wrong = 0;
        ParallelOptions options = new() { MaxDegreeOfParallelism = 4, CancellationToken = TestContext.Current.CancellationToken };
        await Parallel.ForAsync(0, logins, options, async (i, cancellation) =>
        {
            bool isValid = i % 10 == 0;
            byte[] token = isValid ? OldToken : [.. CreateHeader(), .. payloadAndSignature];
            AuthenticationResult result = await LogInAsync(authenticator, token, cancellation);
            if ((result.Rejection?.Reason ?? RejectionReason.None) != (isValid ? RejectionReason.None : RejectionReason.TokenKeyUnknown))
                Interlocked.Increment(ref wrong);
        });
        wrong.Should().Be(0);
    }

    private static byte[] CreateHeader()
    {
        string header = $$"""{"alg":"ES256","kid":"{{Convert.ToHexString(RandomNumberGenerator.GetBytes(16))}}"}""";
        return Encoding.ASCII.GetBytes(Base64Url.EncodeToString(Encoding.ASCII.GetBytes(header)));
    }

    private static byte[] Mint(TestTokenKey key) => Encoding.ASCII.GetBytes(key.Mint("alice", "alice@x.test", Now));
}
