using System.Security.Cryptography;
using System.Text;
using CertAuth.AuthTokens;
using CertAuth.Signing;

namespace CertAuth.Testing.Tests;

/// <summary>Token keys read from PEM.</summary>
public sealed class TestTokenKeyTests
{
    [Theory]
    [InlineData(SignatureAlgorithm.RS256)]
    [InlineData(SignatureAlgorithm.PS384)]
    [InlineData(SignatureAlgorithm.ES256)]
    [InlineData(SignatureAlgorithm.ES384)]
    [InlineData(SignatureAlgorithm.ES512)]
    public void FromPem_ReadsTheSameKey(SignatureAlgorithm algorithm)
    {
        TestTokenKey key = TestTokenKey.Create("k", algorithm);
        TestTokenKey again = TestTokenKey.FromPem("k", key.PrivateKeyPem, algorithm);
        again.ToJwk().ToJsonString().Should().Be(key.ToJwk().ToJsonString());

        // The public key of the original verifies a signature of the copy.
        string token = again.Mint("u", "", DateTimeOffset.UtcNow);
        JwsVerifier verifier = new();
        TokenKeySet keys = TokenKeySet.Parse(TestTokenKey.CreateJwkSet(key));
        verifier.TryVerify(Encoding.ASCII.GetBytes(token), keys, new byte[verifier.MaxPayloadLength], out _, out Rejection? rejection)
            .Should().BeTrue($"{rejection}");
    }

    [Fact]
    public void FromPem_ReadsRfc8017AndRfc5915()
    {
        using RSA rsa = RSA.Create(3072);
        using ECDsa ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        TestKey.FromPem(rsa.ExportRSAPrivateKeyPem()).Type.Should().Be(TestKeyType.Rsa3072);
        TestKey.FromPem(ecdsa.ExportECPrivateKeyPem()).Type.Should().Be(TestKeyType.P384);
    }

    // OpenSSL's -param_enc explicit: a curve without a name.
    [Fact]
    public void FromPem_Throws_WhenTheCurveHasNoName()
    {
        using ECDsa named = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using ECDsa unnamed = ECDsa.Create(named.ExportExplicitParameters(includePrivateParameters: true));
        FluentActions.Invoking(() => TestKey.FromPem(unnamed.ExportPkcs8PrivateKeyPem())).Should().ThrowExactly<ArgumentException>();
    }

    [Fact]
    public void FromPem_Throws_WhenTheKeyIsUnsupportedOrMissing()
    {
        using ECDsa foreign = ECDsa.Create(ECCurve.NamedCurves.brainpoolP256r1);
        using ECDsa ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using RSA odd = RSA.Create(2560);
        FluentActions.Invoking(() => TestKey.FromPem(foreign.ExportPkcs8PrivateKeyPem())).Should().ThrowExactly<ArgumentException>();
        FluentActions.Invoking(() => TestKey.FromPem(odd.ExportPkcs8PrivateKeyPem())).Should().ThrowExactly<ArgumentException>();
        FluentActions.Invoking(() => TestKey.FromPem(ecdsa.ExportSubjectPublicKeyInfoPem())).Should().ThrowExactly<ArgumentException>();
        FluentActions.Invoking(() => TestKey.FromPem("no key")).Should().ThrowExactly<ArgumentException>();
        string encrypted = ecdsa.ExportEncryptedPkcs8PrivateKeyPem(
            "secret", new(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000));
        FluentActions.Invoking(() => TestKey.FromPem(encrypted)).Should().ThrowExactly<ArgumentException>();
        FluentActions.Invoking(() => TestTokenKey.FromPem("k", ecdsa.ExportPkcs8PrivateKeyPem(), SignatureAlgorithm.ES384))
            .Should().ThrowExactly<ArgumentException>();
        FluentActions.Invoking(() => TestTokenKey.FromPem("k", ecdsa.ExportPkcs8PrivateKeyPem()))
            .Should().ThrowExactly<ArgumentException>();
    }
}
