using System.Buffers.Text;
using System.Text;
using CertAuth.Signing;

namespace CertAuth.Tests.AuthTokens;

public sealed class JwsVerifierTests
{
    private const string Header = """{"alg":"RS256","kid":"r"}""";

    private static readonly string s_token = JwsTokens.Rsa.Sign(Header, "{}"u8);
    private static readonly string[] s_parts = s_token.Split('.');

    public static TheoryData<string, RejectionReason> Shapes => new()
    {
        { s_token, RejectionReason.None },
        { "", RejectionReason.TokenMalformed },
        { ".", RejectionReason.TokenMalformed },
        { "..", RejectionReason.TokenMalformed },
        { "...", RejectionReason.TokenMalformed },
        { "x", RejectionReason.TokenMalformed },
        { new('.', 16 * 1024), RejectionReason.TokenMalformed },
        { $"{s_parts[0]}.{s_parts[1]}", RejectionReason.TokenMalformed },
        { $"{s_parts[0]}.{s_parts[1]}.", RejectionReason.TokenMalformed },
        { $".{s_parts[1]}.{s_parts[2]}", RejectionReason.TokenMalformed },
        { $"{s_token}.", RejectionReason.TokenMalformed },
        { $".{s_token}", RejectionReason.TokenMalformed },
        { $"{s_token}.AAAA.AAAA", RejectionReason.TokenMalformed },
        { $"{s_parts[0]}..{s_parts[2]}", RejectionReason.TokenBadSignature },
        { $"{s_token}\0", RejectionReason.TokenBadBase64 },
        { $"{s_token}\n", RejectionReason.TokenBadBase64 },
        { $" {s_token}", RejectionReason.TokenBadBase64 },
        { $"{s_parts[0]}=.{s_parts[1]}.{s_parts[2]}", RejectionReason.TokenBadBase64 },
        { $"{s_parts[0]}.{s_parts[1]}=.{s_parts[2]}", RejectionReason.TokenBadBase64 },
        { $"{s_parts[0]}.{s_parts[1]}.{s_parts[2]}==", RejectionReason.TokenBadBase64 },
        { $"{s_parts[0]}.{s_parts[1]}.{s_parts[2]}AAA", RejectionReason.TokenBadBase64 },
        { $"{s_parts[0]}.{s_parts[1]}.A", RejectionReason.TokenBadBase64 },
        { $"{s_parts[0]}.A.{s_parts[2]}", RejectionReason.TokenBadBase64 },
        { $"A.{s_parts[1]}.{s_parts[2]}", RejectionReason.TokenBadBase64 },
        { $"{s_parts[0]}.{s_parts[1]}.{new string('A', 4000)}", RejectionReason.TokenBadSignature },
        { $"{s_parts[0]}.{s_parts[1]}.{new string('A', 4000)}=", RejectionReason.TokenBadBase64 },
        { $"{s_parts[0]}.{s_parts[1]}.AA", RejectionReason.TokenBadSignature },
        { $"{s_parts[0]}.{s_parts[1]}.AB", RejectionReason.TokenBadBase64 },
        { $"{s_parts[0]}.AB.{s_parts[2]}", RejectionReason.TokenBadBase64 },
        { $"{s_parts[0]}.AAB.{s_parts[2]}", RejectionReason.TokenBadBase64 },
        { $"AB.{s_parts[1]}.{s_parts[2]}", RejectionReason.TokenBadBase64 },
        { $"_w.{s_parts[1]}.{s_parts[2]}", RejectionReason.TokenBadHeader },
    };

    // Each process signs its own tokens, so the rows cannot be discovered in one process and run in another.
    [Theory(DisableDiscoveryEnumeration = true), MemberData(nameof(Shapes))]
    public void TryVerify_ChecksTheShape(string token, RejectionReason expected) => JwsTokens.Verify(token).Should().Be(expected);

    [Theory]
    [InlineData('+')]
    [InlineData('/')]
    [InlineData('=')]
    [InlineData(' ')]
    [InlineData('\n')]
    [InlineData('\t')]
    [InlineData('\0')]
    [InlineData('%')]
    [InlineData('\u00FF')]
    public void TryVerify_RejectsOtherCharactersInEachPart(char character)
    {
        for (int part = 0; part < 3; part++)
        {
            string[] parts = [.. s_parts];
            parts[part] = $"{character}{parts[part][1..]}";
            JwsTokens.Verify(string.Join('.', parts)).Should().Be(RejectionReason.TokenBadBase64);
            parts[part] = $"{s_parts[part]}{character}";
            JwsTokens.Verify(string.Join('.', parts)).Should().Be(RejectionReason.TokenBadBase64);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("{\"a\":1,\"a\":2}")]
    [InlineData("not JSON \0 é")]
    public void TryVerify_ReturnsAnyPayload(string text)
    {
        byte[] expected = Encoding.UTF8.GetBytes(text);

        RejectionReason reason = JwsTokens.Verify(Encoding.ASCII.GetBytes(JwsTokens.Rsa.Sign(Header, expected)), null, out byte[] payload);

        reason.Should().Be(RejectionReason.None);
        payload.Should().Equal(expected);
    }

    [Theory]
    [InlineData(SignatureAlgorithm.RS256)]
    [InlineData(SignatureAlgorithm.PS256)]
    [InlineData(SignatureAlgorithm.ES256)]
    public void TryVerify_RejectsATokenWithAnyByteChanged(SignatureAlgorithm algorithm)
    {
        string signed = JwsTokens.For(algorithm).Sign($$"""{"alg":"{{algorithm}}","kid":"{{JwsTokens.For(algorithm).KeyId}}"}""", "{}"u8);
        byte[] token = Encoding.ASCII.GetBytes(signed);
        JwsTokens.Verify(token, null, out _).Should().Be(RejectionReason.None);

        for (int i = 0; i < token.Length; i++)
        {
            foreach (int bit in new[] { 0x01, 0x02, 0x20, 0x80 })
            {
                token[i] ^= (byte)bit;
                JwsTokens.Verify(token, null, out _).Should().NotBe(RejectionReason.None);
                token[i] ^= (byte)bit;
            }
        }
    }

    [Fact]
    public void TryVerify_RejectsASignatureWithAnyBitChanged()
    {
        byte[] signature = Base64Url.DecodeFromChars(s_parts[2]);
        for (int i = 0; i < signature.Length; i++)
        {
            signature[i] ^= 1;
            string token = $"{s_parts[0]}.{s_parts[1]}.{Base64Url.EncodeToString(signature)}";
            JwsTokens.Verify(token).Should().Be(RejectionReason.TokenBadSignature);
            signature[i] ^= 1;
        }
    }

    // RFC 7518, 3.4. Accepting zeros is CVE-2022-21449.
    [Theory]
    [InlineData(0, 0)]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    public void TryVerify_RejectsASignature_WhenROrSIsZero(byte r, byte s)
    {
        string signed = $"{JwsTokens.Encode("""{"alg":"ES256","kid":"e"}""")}.e30";
        byte[] signature = new byte[64];
        (signature[31], signature[63]) = (r, s);

        JwsTokens.Verify($"{signed}.{Base64Url.EncodeToString(signature)}").Should().Be(RejectionReason.TokenBadSignature);
    }

    [Theory]
    [InlineData(63)]
    [InlineData(65)]
    [InlineData(128)]
    public void TryVerify_RejectsASignatureOfAnotherLength(int bytes)
    {
        string signed = $"{JwsTokens.Encode("""{"alg":"ES256","kid":"e"}""")}.e30";
        byte[] signature = JwsTokens.P256.SignData(Encoding.ASCII.GetBytes(signed));
        JwsTokens.Verify($"{signed}.{Base64Url.EncodeToString(signature)}").Should().Be(RejectionReason.None);

        Array.Resize(ref signature, bytes);
        JwsTokens.Verify($"{signed}.{Base64Url.EncodeToString(signature)}").Should().Be(RejectionReason.TokenBadSignature);
    }

    [Fact]
    public void TryVerify_RejectsRandomBytesWithoutThrowing()
    {
        Random random = new(4711);
        for (int i = 0; i < 5_000; i++)
        {
            byte[] header = new byte[random.Next(1, 60)];
            random.NextBytes(header);
            byte[] token = i % 2 == 0 ? header : Encoding.ASCII.GetBytes($"{Base64Url.EncodeToString(header)}.{s_parts[1]}.{s_parts[2]}");
            JwsTokens.Verify(token, null, out _).Should().NotBe(RejectionReason.None);
        }
    }
}
