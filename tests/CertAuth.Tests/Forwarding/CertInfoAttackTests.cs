using System.Security.Cryptography;
using System.Text;
using CertAuth.Certificates;
using CertAuth.Forwarding;
using CertAuth.Testing;
using CertAuth.Tests.Requirements;
using CertAuth.Tests.Support;
using CertAuth.Tls;

namespace CertAuth.Tests.Forwarding;

/// <summary>What somebody can do with a captured or altered pair.</summary>
public sealed class CertInfoAttackTests
{
    private static readonly TlsConnectionInfo s_client = Clients.Tls(Clients.Certificate(TestName.Of(("CN", "alice")), sans: [TestSan.Dns("a.test")]));

    [Theory]
    [InlineData("RSA")]
    [InlineData("P-256")]
    [InlineData("P-384")]
    [InlineData("P-521")]
    public async Task VerifyAsync_RefusesAPairWithAnyOctetChanged(string key)
    {
        TestSigner signer = TestSigner.Of(key);
        CertInfoTokenVerifier verifier = Tokens.Verifier(signer);
        Assert.True(Tokens.Issuer(signer).TryIssue(s_client, "alice", CertInfoRow.DefaultChallenge, out CertInfoToken? token, out _));
        byte[] info = token.Info.ToArray(), signature = token.Signature.ToArray();
        ConnectionAttributes attributes = new(
            new ConnectionAttribute(Encoding.ASCII.GetBytes(CertInfoToken.InfoName), info),
            new ConnectionAttribute(Encoding.ASCII.GetBytes(CertInfoToken.SignatureName), signature));
        Assert.True((await Tokens.VerifyAsync(attributes, verifier)).Succeeded);

        foreach (byte[] part in new[] { info, signature })
        {
            for (int i = 0; i < part.Length; i++)
            {
                // Each of the eight bits in its turn.
                byte bit = (byte)(1 << (i % 8));
                part[i] ^= bit;
                Assert.False((await Tokens.VerifyAsync(attributes, verifier)).Succeeded, $"{i}");
                part[i] ^= bit;
            }
        }

        Assert.True((await Tokens.VerifyAsync(attributes, verifier)).Succeeded);
    }

    [Theory]
    [InlineData("RSA")]
    [InlineData("P-256")]
    public async Task VerifyAsync_RefusesAPairCutOrExtended(string key)
    {
        TestSigner signer = TestSigner.Of(key);
        Assert.True(Tokens.Issuer(signer).TryIssue(s_client, "alice", CertInfoRow.DefaultChallenge, out CertInfoToken? token, out _));
        string signature = Encoding.ASCII.GetString(token.Signature.Span);
        byte[] info = token.Info.ToArray();

        for (int length = 0; length < info.Length; length += 7)
            Assert.False((await Tokens.VerifyAsync(Tokens.Attributes(info[..length], signature), Tokens.Verifier(signer))).Succeeded);
        for (int length = 0; length < signature.Length; length++)
            Assert.False((await Tokens.VerifyAsync(Tokens.Attributes(info, signature[..length]), Tokens.Verifier(signer))).Succeeded);
        foreach (byte octet in new byte[] { 0, (byte)' ', (byte)'\n', (byte)'}' })
            Assert.False((await Tokens.VerifyAsync(Tokens.Attributes([.. info, octet], signature), Tokens.Verifier(signer))).Succeeded);
    }

    // A captured pair is worthless: on another connection, for another user, later.
    [Fact]
    public async Task VerifyAsync_RefusesAReplayedPair()
    {
        ConnectionAttributes captured = Tokens.Issue(s_client);
        byte[] other = RandomNumberGenerator.GetBytes(20);

        async Task<FailureReason?> Replay(string user, byte[] challenge, int seconds) => (await Tokens
            .Verifier(clock: new FixedClock(TestClock.Now.AddSeconds(seconds)))
            .VerifyAsync(captured, user, challenge, TestContext.Current.CancellationToken)).Refusal?.Reason;

        Assert.Null(await Replay("alice", CertInfoRow.DefaultChallenge, 0));
        Assert.Equal(FailureReason.ForwardedChallengeMismatch, await Replay("alice", other, 0));
        Assert.Equal(FailureReason.ForwardedUserMismatch, await Replay("root", CertInfoRow.DefaultChallenge, 0));
        Assert.Equal(FailureReason.ForwardedExpired, await Replay("alice", CertInfoRow.DefaultChallenge, 301));
    }

    // A user name of the host's may hold a lone surrogate, which would be written as U+FFFD.
    [Fact]
    public async Task VerifyAsync_TakesNoUserForAnother()
    {
        byte[] info = CertInfoRow.All["all as it should be"].InfoOctets;
        byte[] replaced = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(info).Replace("alice", "\uFFFD", StringComparison.Ordinal));
        ConnectionAttributes attributes = Tokens.Attributes(replaced, $"v1.{TestSigner.P256.Sign(replaced)}");

        async Task<FailureReason?> LogIn(string user) => (await Tokens.Verifier()
            .VerifyAsync(attributes, user, CertInfoRow.DefaultChallenge, TestContext.Current.CancellationToken)).Refusal?.Reason;

        Assert.Null(await LogIn("\uFFFD"));
        Assert.Equal(FailureReason.ForwardedUserMismatch, await LogIn("\uD800"));
        Assert.Equal(FailureReason.ForwardedUserMismatch, await LogIn("\uDC00"));
        Assert.Equal(FailureReason.ForwardedUserMismatch, await LogIn(new string('\uFFFD', 100_000)));
    }

    // TiDB's session token signs unhashed JSON with ECDSA, so that only its first 32 octets count.
    [Theory]
    [InlineData("P-256")]
    [InlineData("P-384")]
    public async Task VerifyAsync_HashesTheWholeInfo(string key)
    {
        TestSigner signer = TestSigner.Of(key);
        byte[] info = CertInfoRow.All["all as it should be"].InfoOctets;
        byte[] other = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(info).Replace("\"alice\"", "\"admin\"", StringComparison.Ordinal));

        CertInfoResult result = await Tokens.VerifyAsync(Tokens.Attributes(other, $"v1.{signer.Sign(info)}"), Tokens.Verifier(signer));

        Assert.Equal(FailureReason.ForwardedBadSignature, result.Refusal?.Reason);
    }

    [Theory]
    [InlineData("P-256", 32)]
    [InlineData("P-384", 48)]
    [InlineData("P-521", 66)]
    public async Task VerifyAsync_TakesRAndSOfFixedLengthAlone(string key, int field)
    {
        TestSigner signer = TestSigner.Of(key);
        byte[] info = CertInfoRow.All["all as it should be"].InfoOctets;
        byte[] good = signer.SignRaw(info);
        byte[][] wrong =
        [
            new byte[2 * field], [.. good[..field], .. new byte[field]], [.. new byte[field], .. good[field..]],
            [0, .. good[..field], 0, .. good[field..]], [.. good, 0], good[..^1],
            signer.SignData([.. Encoding.ASCII.GetBytes(TestSigner.Label), 0, 0, 0, 0, 0, 0, 0, .. new byte[] { (byte)(info.Length >> 8), (byte)info.Length }, .. info],
                DSASignatureFormat.Rfc3279DerSequence),
        ];

        Assert.Equal(2 * field, good.Length);
        Assert.All(wrong, signature =>
        {
            string attribute = $"v1.{System.Buffers.Text.Base64Url.EncodeToString(signature)}";
            CertInfoResult result = Tokens.VerifyAsync(Tokens.Attributes(info, attribute), Tokens.Verifier(signer)).GetAwaiter().GetResult();
            FailureReason expected = signature.Length < 64 ? FailureReason.ForwardedSignatureMalformed : FailureReason.ForwardedBadSignature;
            Assert.Equal(expected, result.Refusal?.Reason);
        });
    }

    // The key fixes the algorithm: RSA is PSS with SHA-256 and a salt of 32 octets, and nothing else.
    [Fact]
    public async Task VerifyAsync_TakesOnePaddingOfRsaAlone()
    {
        byte[] info = CertInfoRow.All["all as it should be"].InfoOctets;
        byte[] signed = [.. Encoding.ASCII.GetBytes(TestSigner.Label), 0, 0, 0, 0, 0, 0, 0, (byte)(info.Length >> 8), (byte)info.Length, .. info];
        using RSA rsa = RSA.Create();
        rsa.ImportFromPem(TestSigner.Rsa.TestCertificate.PrivateKeyPem);
        (HashAlgorithmName Hash, RSASignaturePadding Padding, FailureReason Reason)[] cases =
        [
            (HashAlgorithmName.SHA256, RSASignaturePadding.Pss, FailureReason.None),
            (HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1, FailureReason.ForwardedBadSignature),
            (HashAlgorithmName.SHA384, RSASignaturePadding.Pss, FailureReason.ForwardedBadSignature),
            (HashAlgorithmName.SHA512, RSASignaturePadding.Pkcs1, FailureReason.ForwardedBadSignature),
        ];

        foreach ((HashAlgorithmName hash, RSASignaturePadding padding, FailureReason reason) in cases)
        {
            string attribute = $"v1.{System.Buffers.Text.Base64Url.EncodeToString(rsa.SignData(signed, hash, padding))}";
            CertInfoResult result = await Tokens.VerifyAsync(Tokens.Attributes(info, attribute), Tokens.Verifier(TestSigner.Rsa));
            Assert.Equal(reason, result.Refusal?.Reason ?? FailureReason.None);
        }
    }

    [Fact]
    public void WithoutCertInfo_HasNeitherAttributeHoweverOftenTheyWereSent()
    {
        ConnectionAttribute os = new("_os", "linux"), pid = new("_pid", "1"), near = new("tiproxy-cert-info2", "x");
        ConnectionAttribute info = new(CertInfoToken.InfoName, "{}"), signature = new(CertInfoToken.SignatureName, "v1.");

        Assert.Equal([os, pid, near], new ConnectionAttributes(os, info, info, pid, signature, near, signature).WithoutCertInfo);
        Assert.Equal([os], new ConnectionAttributes(os, info).WithoutCertInfo);
        Assert.Empty(new ConnectionAttributes(signature).WithoutCertInfo);
        Assert.Empty(ConnectionAttributes.None.WithoutCertInfo);
        Assert.Throws<ArgumentException>(() => new ConnectionAttributes(os, null!));
        Assert.Throws<ArgumentNullException>(() => new ConnectionAttributes(null!));
    }

    [Fact]
    public async Task VerifyAsync_RefusesRandomOctetsWithoutThrowing()
    {
        Random random = new(4711);
        for (int i = 0; i < 3_000; i++)
        {
            byte[] info = new byte[random.Next(0, 300)];
            random.NextBytes(info);
            string signature = i % 2 == 0 ? $"v1.{TestSigner.P256.Sign(info)}" : Encoding.Latin1.GetString(info);
            Assert.False((await Tokens.VerifyAsync(Tokens.Attributes(info, signature))).Succeeded);
        }
    }

    // Signed infos with random octets in them: nothing but the reader of members is between them and us.
    [Fact]
    public async Task VerifyAsync_ReadsMutatedInfosWithoutThrowing()
    {
        Random random = new(4712);
        byte[] good = CertInfoRow.All["all as it should be"].InfoOctets;
        int accepted = 0;
        for (int i = 0; i < 6_000; i++)
        {
            byte[] info = [.. good];
            for (int edits = random.Next(1, 4); edits > 0; edits--)
                info[random.Next(info.Length)] = (byte)random.Next(256);
            CertInfoResult result = await Tokens.VerifyAsync(Tokens.Attributes(info, $"v1.{TestSigner.P256.Sign(info)}"));
            accepted += result.Succeeded ? 1 : 0;
            Assert.DoesNotContain($"{result.Refusal}", char.IsControl);
            Assert.True(!result.Succeeded || result.Connection?.ClientCertificate?.SanState is null or SanState.Present or SanState.Absent);
        }

        Assert.InRange(accepted, 1, 3_000);
    }
}
