using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using CertAuth.Forwarding;
using CertAuth.Tests.Requirements;

namespace CertAuth.Tests.Forwarding;

/// <summary>The threats of docs/forwarding.md that no other test class covers.</summary>
public sealed class ForwardingThreatTests
{
    private static readonly JsonSerializerOptions s_indented = new() { WriteIndented = true };
    private static readonly JsonSerializerOptions s_relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly TlsConnectionInfo s_client = Clients.Tls(Clients.Certificate(TestName.Of(("O", "é/x"), ("CN", "alice"))));

    // The signature covers the bytes, not the meaning of the JSON.
    [Fact]
    public async Task VerifyAsync_RejectsAReserializedInfo()
    {
        Assert.True(Tokens.Issuer().TryIssue(s_client, "alice", CertInfoRow.DefaultChallenge, out CertInfoToken? token, out _));
        string signature = Encoding.ASCII.GetString(token.Signature.Span);
        Dictionary<string, JsonElement> members = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(token.Info.Span)!;
        byte[][] rewritten =
        [
            JsonSerializer.SerializeToUtf8Bytes(members), JsonSerializer.SerializeToUtf8Bytes(members, s_indented),
            JsonSerializer.SerializeToUtf8Bytes(members.Reverse().ToDictionary()),
            [.. token.Info.Span, (byte)'\n'], [(byte)' ', .. token.Info.Span],
        ];

        JsonSerializer.SerializeToUtf8Bytes(members, s_relaxed).Should().Equal(token.Info.ToArray());
        (await Tokens.VerifyAsync(Tokens.Attributes(token.Info.ToArray(), signature))).Succeeded.Should().BeTrue();
        foreach (byte[] info in rewritten)
            ((await Tokens.VerifyAsync(Tokens.Attributes(info, signature))).Rejection?.Reason)
                .Should().Be(RejectionReason.ForwardedInfoBadSignature);
    }

    // The same key might also sign JSON Web Tokens, TLS handshakes or other data.
    [Fact]
    public async Task VerifyAsync_RejectsASignatureForAnotherProtocol()
    {
        byte[] info = CertInfoRow.All["valid"].InfoBytes, hash = SHA256.HashData(info);
        byte[] header = Encoding.ASCII.GetBytes(Base64Url.EncodeToString("""{"alg":"ES256"}"""u8) + ".");
        byte[][] signed =
        [
            info, hash, [.. header, .. Encoding.ASCII.GetBytes(Base64Url.EncodeToString(info))],
            [.. Enumerable.Repeat((byte)0x20, 64), .. "TLS 1.3, client CertificateVerify"u8, 0, .. hash], // RFC 8446, 4.4.3
            [.. "TIPROXY-CERT-INFO-V1"u8, .. info], [.. "TIPROXY-CERT-INFO-V1"u8, 0, .. info], [.. "TIPROXY-CERT-INFO-V1C"u8, 0, .. info],
        ];

        (await VerifyAsync(TestSigner.P256.SignRaw(info))).Succeeded.Should().BeTrue();
        foreach (byte[] data in signed)
            ((await VerifyAsync(TestSigner.P256.SignData(data))).Rejection?.Reason).Should().Be(RejectionReason.ForwardedInfoBadSignature);

        Task<CertInfoResult> VerifyAsync(byte[] signature) =>
            Tokens.VerifyAsync(Tokens.Attributes(info, $"v1.{Base64Url.EncodeToString(signature)}"));
    }

    [Fact]
    public async Task VerifyAsync_RequiresANewTokenForTheFirstChallenge_AfterAChangeOfUser()
    {
        CertInfoTokenVerifier verifier = Tokens.Verifier();
        byte[] first = CertInfoRow.DefaultChallenge, second = RandomNumberGenerator.GetBytes(20);

        (await LogInAsync("alice", "alice", first)).Should().BeNull();
        (await LogInAsync("alice", "bob", first)).Should().Be(RejectionReason.ForwardedInfoUserMismatch);
        (await LogInAsync("bob", "bob", second)).Should().Be(RejectionReason.ForwardedInfoChallengeMismatch);
        (await LogInAsync("bob", "bob", first)).Should().BeNull();

        async Task<RejectionReason?> LogInAsync(string userOfToken, string user, byte[] challenge)
        {
            Assert.True(Tokens.Issuer().TryIssue(s_client, userOfToken, challenge, out CertInfoToken? token, out _));
            CertInfoResult result = await verifier.VerifyAsync(
                new(token.ToAttributes()), user, first, TestContext.Current.CancellationToken);
            return result.Rejection?.Reason;
        }
    }
}
