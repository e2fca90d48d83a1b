using System.Security.Cryptography;
using System.Text;
using CertAuth.Certificates;
using CertAuth.Forwarding;
using CertAuth.Tests.Requirements;

namespace CertAuth.Tests.Forwarding;

/// <summary>Attacks with a captured or changed pair of attributes.</summary>
public sealed class CertInfoAttackTests
{
    private static readonly TlsConnectionInfo s_client =
        Clients.Tls(Clients.Certificate(TestName.Of(("CN", "alice")), sans: [TestSan.Dns("a.test")]));

    [Theory]
    [InlineData("RSA")]
    [InlineData("P-256")]
    [InlineData("P-384")]
    [InlineData("P-521")]
    public async Task VerifyAsync_RejectsAPairWithAnyByteChanged(string key)
    {
        TestSigner signer = TestSigner.Of(key);
        CertInfoTokenVerifier verifier = Tokens.Verifier(signer);
        Assert.True(Tokens.Issuer(signer).TryIssue(s_client, "alice", CertInfoRow.DefaultChallenge, out CertInfoToken? token, out _));
        byte[] info = token.Info.ToArray(), signature = token.Signature.ToArray();
        ConnectionAttributes attributes = new(
            new ConnectionAttribute(Encoding.ASCII.GetBytes(CertInfoToken.InfoAttributeName), info),
            new ConnectionAttribute(Encoding.ASCII.GetBytes(CertInfoToken.SignatureAttributeName), signature));
        (await Tokens.VerifyAsync(attributes, verifier)).Succeeded.Should().BeTrue();

        foreach (byte[] part in new[] { info, signature })
        {
            for (int i = 0; i < part.Length; i++)
            {
                byte bit = (byte)(1 << (i % 8));
                part[i] ^= bit;
                (await Tokens.VerifyAsync(attributes, verifier)).Succeeded.Should().BeFalse($"{i}");
                part[i] ^= bit;
            }
        }

        (await Tokens.VerifyAsync(attributes, verifier)).Succeeded.Should().BeTrue();
    }

    [Theory]
    [InlineData("RSA")]
    [InlineData("P-256")]
    public async Task VerifyAsync_RejectsAPair_WhenItIsTruncatedOrExtended(string key)
    {
        TestSigner signer = TestSigner.Of(key);
        Assert.True(Tokens.Issuer(signer).TryIssue(s_client, "alice", CertInfoRow.DefaultChallenge, out CertInfoToken? token, out _));
        string signature = Encoding.ASCII.GetString(token.Signature.Span);
        byte[] info = token.Info.ToArray();

        for (int length = 0; length < info.Length; length += 7)
            (await Tokens.VerifyAsync(Tokens.Attributes(info[..length], signature), Tokens.Verifier(signer))).Succeeded.Should().BeFalse();
        for (int length = 0; length < signature.Length; length++)
            (await Tokens.VerifyAsync(Tokens.Attributes(info, signature[..length]), Tokens.Verifier(signer))).Succeeded.Should().BeFalse();
        foreach (byte b in new byte[] { 0, (byte)' ', (byte)'\n', (byte)'}' })
            (await Tokens.VerifyAsync(Tokens.Attributes([.. info, b], signature), Tokens.Verifier(signer))).Succeeded
                .Should().BeFalse();
    }

    // A captured pair cannot be used on another connection, for another user or later.
    [Fact]
    public async Task VerifyAsync_RejectsAReplayedPair()
    {
        ConnectionAttributes captured = Tokens.Issue(s_client);
        byte[] other = RandomNumberGenerator.GetBytes(20);

        async Task<RejectionReason?> Replay(string user, byte[] challenge, int seconds) => (await Tokens
            .Verifier(clock: new FixedClock(TestClock.Now.AddSeconds(seconds)))
            .VerifyAsync(captured, user, challenge, TestContext.Current.CancellationToken)).Rejection?.Reason;

        (await Replay("alice", CertInfoRow.DefaultChallenge, 0)).Should().BeNull();
        (await Replay("alice", other, 0)).Should().Be(RejectionReason.ForwardedInfoChallengeMismatch);
        (await Replay("root", CertInfoRow.DefaultChallenge, 0)).Should().Be(RejectionReason.ForwardedInfoUserMismatch);
        (await Replay("alice", CertInfoRow.DefaultChallenge, 301)).Should().Be(RejectionReason.ForwardedInfoExpired);
    }

    // The user name that the application passes may contain an unpaired surrogate, which an encoder would replace with U+FFFD.
    [Fact]
    public async Task VerifyAsync_RejectsAUserNameWithAnUnpairedSurrogate()
    {
        byte[] info = CertInfoRow.All["valid"].InfoBytes;
        byte[] replaced = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(info).Replace("alice", "\uFFFD", StringComparison.Ordinal));
        ConnectionAttributes attributes = Tokens.Attributes(replaced, $"v1.{TestSigner.P256.Sign(replaced)}");

        async Task<RejectionReason?> LogIn(string user) => (await Tokens.Verifier()
            .VerifyAsync(attributes, user, CertInfoRow.DefaultChallenge, TestContext.Current.CancellationToken)).Rejection?.Reason;

        (await LogIn("\uFFFD")).Should().BeNull();
        (await LogIn("\uD800")).Should().Be(RejectionReason.ForwardedInfoUserMismatch);
        (await LogIn("\uDC00")).Should().Be(RejectionReason.ForwardedInfoUserMismatch);
        (await LogIn(new string('\uFFFD', 100_000))).Should().Be(RejectionReason.ForwardedInfoUserMismatch);
    }

    // For its session tokens, TiDB signs JSON with ECDSA without a hash, so that the signature covers only the first 32 bytes.
    [Theory]
    [InlineData("P-256")]
    [InlineData("P-384")]
    public async Task VerifyAsync_HashesTheWholeInfo(string key)
    {
        TestSigner signer = TestSigner.Of(key);
        byte[] info = CertInfoRow.All["valid"].InfoBytes;
        byte[] other = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(info).Replace("\"alice\"", "\"admin\"", StringComparison.Ordinal));

        CertInfoResult result = await Tokens.VerifyAsync(Tokens.Attributes(other, $"v1.{signer.Sign(info)}"), Tokens.Verifier(signer));

        (result.Rejection?.Reason).Should().Be(RejectionReason.ForwardedInfoBadSignature);
    }

    [Theory]
    [InlineData("P-256", 32)]
    [InlineData("P-384", 48)]
    [InlineData("P-521", 66)]
    public async Task VerifyAsync_AcceptsOnlyEcdsaSignaturesOfFixedLength(string key, int field)
    {
        TestSigner signer = TestSigner.Of(key);
        byte[] info = CertInfoRow.All["valid"].InfoBytes;
        byte[] valid = signer.SignRaw(info);
        byte[][] wrong =
        [
            new byte[2 * field], [.. valid[..field], .. new byte[field]], [.. new byte[field], .. valid[field..]],
            [0, .. valid[..field], 0, .. valid[field..]], [.. valid, 0], valid[..^1],
            signer.SignData(
                [.. Encoding.ASCII.GetBytes(TestSigner.Label), 0, 0, 0, 0, 0, 0, 0, (byte)(info.Length >> 8), (byte)info.Length, .. info],
                DSASignatureFormat.Rfc3279DerSequence),
        ];

        valid.Length.Should().Be(2 * field);
        wrong.Should().AllSatisfy(signature =>
        {
            string attribute = $"v1.{System.Buffers.Text.Base64Url.EncodeToString(signature)}";
            CertInfoResult result = Tokens.VerifyAsync(Tokens.Attributes(info, attribute), Tokens.Verifier(signer))
                .GetAwaiter().GetResult();
            RejectionReason expected = signature.Length < 64
                ? RejectionReason.ForwardedSignatureMalformed
                : RejectionReason.ForwardedInfoBadSignature;
            (result.Rejection?.Reason).Should().Be(expected);
        });
    }

    // The key determines the algorithm: an RSA key verifies only PSS with SHA-256 and a salt of 32 bytes.
    [Fact]
    public async Task VerifyAsync_AcceptsOnlyOneRsaPadding()
    {
        byte[] info = CertInfoRow.All["valid"].InfoBytes;
        byte[] signed =
        [
            .. Encoding.ASCII.GetBytes(TestSigner.Label), 0, 0, 0, 0, 0, 0, 0, (byte)(info.Length >> 8), (byte)info.Length, .. info,
        ];
        using RSA rsa = RSA.Create();
        rsa.ImportFromPem(TestSigner.Rsa.TestCertificate.PrivateKeyPem);
        (HashAlgorithmName Hash, RSASignaturePadding Padding, RejectionReason Reason)[] cases =
        [
            (HashAlgorithmName.SHA256, RSASignaturePadding.Pss, RejectionReason.None),
            (HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1, RejectionReason.ForwardedInfoBadSignature),
            (HashAlgorithmName.SHA384, RSASignaturePadding.Pss, RejectionReason.ForwardedInfoBadSignature),
            (HashAlgorithmName.SHA512, RSASignaturePadding.Pkcs1, RejectionReason.ForwardedInfoBadSignature),
        ];

        foreach ((HashAlgorithmName hash, RSASignaturePadding padding, RejectionReason reason) in cases)
        {
            string attribute = $"v1.{System.Buffers.Text.Base64Url.EncodeToString(rsa.SignData(signed, hash, padding))}";
            CertInfoResult result = await Tokens.VerifyAsync(Tokens.Attributes(info, attribute), Tokens.Verifier(TestSigner.Rsa));
            (result.Rejection?.Reason ?? RejectionReason.None).Should().Be(reason);
        }
    }

    [Fact]
    public void WithoutCertInfo_OmitsRepeatedAttributes()
    {
        ConnectionAttribute os = new("_os", "linux"), pid = new("_pid", "1"), near = new("tiproxy-cert-info2", "x");
        ConnectionAttribute info = new(CertInfoToken.InfoAttributeName, "{}"), signature = new(CertInfoToken.SignatureAttributeName, "v1.");

        new ConnectionAttributes(os, info, info, pid, signature, near, signature).WithoutCertInfo.Should().Equal(os, pid, near);
        new ConnectionAttributes(os, info).WithoutCertInfo.Should().Equal(os);
        new ConnectionAttributes(signature).WithoutCertInfo.Should().BeEmpty();
        ConnectionAttributes.None.WithoutCertInfo.Should().BeEmpty();
        FluentActions.Invoking(() => new ConnectionAttributes(os, null!)).Should().ThrowExactly<ArgumentException>();
        FluentActions.Invoking(() => new ConnectionAttributes(null!)).Should().ThrowExactly<ArgumentNullException>();
    }

    [Fact]
    public async Task VerifyAsync_RejectsRandomBytesWithoutThrowing()
    {
        Random random = new(4711);
        for (int i = 0; i < 3_000; i++)
        {
            byte[] info = new byte[random.Next(0, 300)];
            random.NextBytes(info);
            string signature = i % 2 == 0 ? $"v1.{TestSigner.P256.Sign(info)}" : Encoding.Latin1.GetString(info);
            (await Tokens.VerifyAsync(Tokens.Attributes(info, signature))).Succeeded.Should().BeFalse();
        }
    }

    // The changed infos have valid signatures, so only the checks after the signature can reject them.
    [Fact]
    public async Task VerifyAsync_ReadsMutatedInfosWithoutThrowing()
    {
        Random random = new(4712);
        byte[] valid = CertInfoRow.All["valid"].InfoBytes;
        int accepted = 0;
        for (int i = 0; i < 6_000; i++)
        {
            byte[] info = [.. valid];
            for (int edits = random.Next(1, 4); edits > 0; edits--)
                info[random.Next(info.Length)] = (byte)random.Next(256);
            CertInfoResult result = await Tokens.VerifyAsync(Tokens.Attributes(info, $"v1.{TestSigner.P256.Sign(info)}"));
            accepted += result.Succeeded ? 1 : 0;
            Assert.DoesNotContain($"{result.Rejection}", char.IsControl);
            (!result.Succeeded || result.Connection?.ClientCertificate?.SanState is null or SanState.Present or SanState.Absent)
                .Should().BeTrue();
        }

        accepted.Should().BeInRange(1, 3_000);
    }
}
