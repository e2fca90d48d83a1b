using System.Buffers.Text;
using System.Text;
using CertAuth.Signing;
using FluentAssertions;

namespace CertAuth.Tests.AuthTokens;

public sealed class JwsVerifierTests
{
    private const string Header = """{"alg":"RS256","kid":"r"}""";

    private static readonly string s_token = JwsTokens.Rsa.Sign(Header, "{}"u8);
    private static readonly string[] s_parts = s_token.Split('.');

    public static TheoryData<string, FailureReason> Shapes => new()
    {
        { s_token, FailureReason.None },
        { "", FailureReason.TokenMalformed },
        { ".", FailureReason.TokenMalformed },
        { "..", FailureReason.TokenMalformed },
        { "...", FailureReason.TokenMalformed },
        { "x", FailureReason.TokenMalformed },
        { new('.', 16 * 1024), FailureReason.TokenMalformed },
        { $"{s_parts[0]}.{s_parts[1]}", FailureReason.TokenMalformed },
        { $"{s_parts[0]}.{s_parts[1]}.", FailureReason.TokenMalformed },
        { $".{s_parts[1]}.{s_parts[2]}", FailureReason.TokenMalformed },
        { $"{s_token}.", FailureReason.TokenMalformed },
        { $".{s_token}", FailureReason.TokenMalformed },
        { $"{s_token}.AAAA.AAAA", FailureReason.TokenMalformed },
        { $"{s_parts[0]}..{s_parts[2]}", FailureReason.TokenBadSignature },
        { $"{s_token}\0", FailureReason.TokenBadBase64 },
        { $"{s_token}\n", FailureReason.TokenBadBase64 },
        { $" {s_token}", FailureReason.TokenBadBase64 },
        { $"{s_parts[0]}=.{s_parts[1]}.{s_parts[2]}", FailureReason.TokenBadBase64 },
        { $"{s_parts[0]}.{s_parts[1]}=.{s_parts[2]}", FailureReason.TokenBadBase64 },
        { $"{s_parts[0]}.{s_parts[1]}.{s_parts[2]}==", FailureReason.TokenBadBase64 },
        { $"{s_parts[0]}.{s_parts[1]}.{s_parts[2]}AAA", FailureReason.TokenBadBase64 },
        { $"{s_parts[0]}.{s_parts[1]}.A", FailureReason.TokenBadBase64 },
        { $"{s_parts[0]}.A.{s_parts[2]}", FailureReason.TokenBadBase64 },
        { $"A.{s_parts[1]}.{s_parts[2]}", FailureReason.TokenBadBase64 },
        { $"{s_parts[0]}.{s_parts[1]}.{new string('A', 4000)}", FailureReason.TokenBadSignature },
        { $"{s_parts[0]}.{s_parts[1]}.{new string('A', 4000)}=", FailureReason.TokenBadBase64 },
        { $"{s_parts[0]}.{s_parts[1]}.AA", FailureReason.TokenBadSignature },
        { $"{s_parts[0]}.{s_parts[1]}.AB", FailureReason.TokenBadBase64 },
        { $"{s_parts[0]}.AB.{s_parts[2]}", FailureReason.TokenBadBase64 },
        { $"{s_parts[0]}.AAB.{s_parts[2]}", FailureReason.TokenBadBase64 },
        { $"AB.{s_parts[1]}.{s_parts[2]}", FailureReason.TokenBadBase64 },
        { $"_w.{s_parts[1]}.{s_parts[2]}", FailureReason.TokenBadHeader },
    };

    // The tokens are signed anew in each process, and so the rows are made where they are run.
    [Theory(DisableDiscoveryEnumeration = true), MemberData(nameof(Shapes))]
    public void TryVerify_ChecksTheShape(string token, FailureReason expected) => JwsTokens.Verify(token).Should().Be(expected);

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
    public void TryVerify_RefusesOtherCharactersInEachPart(char character)
    {
        for (int part = 0; part < 3; part++)
        {
            string[] parts = [.. s_parts];
            parts[part] = $"{character}{parts[part][1..]}";
            JwsTokens.Verify(string.Join('.', parts)).Should().Be(FailureReason.TokenBadBase64);
            parts[part] = $"{s_parts[part]}{character}";
            JwsTokens.Verify(string.Join('.', parts)).Should().Be(FailureReason.TokenBadBase64);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("{\"a\":1,\"a\":2}")]
    [InlineData("not JSON \0 é")]
    public void TryVerify_GivesAnyPayload(string text)
    {
        byte[] expected = Encoding.UTF8.GetBytes(text);

        FailureReason reason = JwsTokens.Verify(Encoding.ASCII.GetBytes(JwsTokens.Rsa.Sign(Header, expected)), null, out byte[] payload);

        reason.Should().Be(FailureReason.None);
        payload.Should().Equal(expected);
    }

    [Theory]
    [InlineData(SignatureAlgorithm.RS256)]
    [InlineData(SignatureAlgorithm.PS256)]
    [InlineData(SignatureAlgorithm.ES256)]
    public void TryVerify_RefusesATokenWithAnyOctetChanged(SignatureAlgorithm algorithm)
    {
        string signed = JwsTokens.For(algorithm).Sign($$"""{"alg":"{{algorithm}}","kid":"{{JwsTokens.For(algorithm).KeyId}}"}""", "{}"u8);
        byte[] token = Encoding.ASCII.GetBytes(signed);
        JwsTokens.Verify(token, null, out _).Should().Be(FailureReason.None);

        for (int i = 0; i < token.Length; i++)
        {
            foreach (int bit in new[] { 0x01, 0x02, 0x20, 0x80 })
            {
                token[i] ^= (byte)bit;
                JwsTokens.Verify(token, null, out _).Should().NotBe(FailureReason.None);
                token[i] ^= (byte)bit;
            }
        }
    }

    [Fact]
    public void TryVerify_RefusesEverySignatureWithABitChanged()
    {
        byte[] signature = Base64Url.DecodeFromChars(s_parts[2]);
        for (int i = 0; i < signature.Length; i++)
        {
            signature[i] ^= 1;
            string token = $"{s_parts[0]}.{s_parts[1]}.{Base64Url.EncodeToString(signature)}";
            JwsTokens.Verify(token).Should().Be(FailureReason.TokenBadSignature);
            signature[i] ^= 1;
        }
    }

    // RFC 7518, 3.4; CVE-2022-21449 is what comes of taking zeros.
    [Theory]
    [InlineData(0, 0)]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    public void TryVerify_RefusesZeros(byte r, byte s)
    {
        string signed = $"{JwsTokens.Encode("""{"alg":"ES256","kid":"e"}""")}.e30";
        byte[] signature = new byte[64];
        (signature[31], signature[63]) = (r, s);

        JwsTokens.Verify($"{signed}.{Base64Url.EncodeToString(signature)}").Should().Be(FailureReason.TokenBadSignature);
    }

    [Theory]
    [InlineData(63)]
    [InlineData(65)]
    [InlineData(128)]
    public void TryVerify_RefusesASignatureOfAnotherLength(int octets)
    {
        string signed = $"{JwsTokens.Encode("""{"alg":"ES256","kid":"e"}""")}.e30";
        byte[] signature = JwsTokens.P256.SignData(Encoding.ASCII.GetBytes(signed));
        JwsTokens.Verify($"{signed}.{Base64Url.EncodeToString(signature)}").Should().Be(FailureReason.None);

        Array.Resize(ref signature, octets);
        JwsTokens.Verify($"{signed}.{Base64Url.EncodeToString(signature)}").Should().Be(FailureReason.TokenBadSignature);
    }

    [Fact]
    public void TryVerify_RefusesRandomOctetsWithoutThrowing()
    {
        Random random = new(4711);
        for (int i = 0; i < 5_000; i++)
        {
            byte[] header = new byte[random.Next(1, 60)];
            random.NextBytes(header);
            byte[] token = i % 2 == 0 ? header : Encoding.ASCII.GetBytes($"{Base64Url.EncodeToString(header)}.{s_parts[1]}.{s_parts[2]}");
            JwsTokens.Verify(token, null, out _).Should().NotBe(FailureReason.None);
        }
    }
}
