using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using FluentAssertions;

namespace CertAuth.Tests.Support;

/// <summary>The attack: many logins with tokens of unknown keys, each of which could be the key of a newer JWK set.</summary>
internal static class UnknownKeyAttack
{
    /// <summary>Logs in with tokens whose key IDs differ, and with a valid token at every tenth login. Each verdict must be
    /// right.</summary>
    internal static async Task RunAsync(IAuthenticator authenticator, Account account, byte[] validToken, int logins)
    {
        byte[] payloadAndSignature = validToken[Array.IndexOf(validToken, (byte)'.')..];
        int wrong = 0;
        ParallelOptions options = new() { MaxDegreeOfParallelism = 4, CancellationToken = TestContext.Current.CancellationToken };
        await Parallel.ForAsync(0, logins, options, async (i, cancellation) =>
        {
            bool isValid = i % 10 == 0;
            byte[] token = isValid ? validToken : [.. CreateHeader(), .. payloadAndSignature];
            AuthenticationResult result = await authenticator.AuthenticateAsync(new(account) { Credential = token }, cancellation);
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
}
