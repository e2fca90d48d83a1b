using System.Security.Cryptography;
using System.Text;
using CertAuth.AuthTokens;
using CertAuth.Signing;
using CertAuth.Testing;

namespace CertAuth.Tests.Testing;

/// <summary>A key that is kept in a file signs on.</summary>
public sealed class TestTokenKeyTests
{
    [Theory]
    [InlineData(SignatureAlgorithm.RS256)]
    [InlineData(SignatureAlgorithm.PS384)]
    [InlineData(SignatureAlgorithm.ES256)]
    [InlineData(SignatureAlgorithm.ES384)]
    [InlineData(SignatureAlgorithm.ES512)]
    public void FromPem_IsTheSameKey(SignatureAlgorithm algorithm)
    {
        TestTokenKey key = TestTokenKey.Create("k", algorithm);
        TestTokenKey again = TestTokenKey.FromPem("k", key.PrivateKeyPem, algorithm);
        Assert.Equal(key.ToJwk().ToJsonString(), again.ToJwk().ToJsonString());

        // The public half of one verifies what the other signed.
        string token = again.Mint("u", "", DateTimeOffset.UtcNow);
        JwsVerifier verifier = new();
        VerificationKeySet keys = VerificationKeySet.Parse(TestTokenKey.KeySet(key));
        Assert.True(verifier.TryVerify(Encoding.ASCII.GetBytes(token), keys, new byte[verifier.MaxPayloadLength], out _, out Refusal? refusal), $"{refusal}");
    }

    [Fact]
    public void FromPem_TakesTheFormsOfOtherPrograms()
    {
        using RSA rsa = RSA.Create(3072);
        using ECDsa ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        Assert.Equal(TestKeyType.Rsa3072, TestKey.FromPem(rsa.ExportRSAPrivateKeyPem()).Type);
        Assert.Equal(TestKeyType.P384, TestKey.FromPem(ecdsa.ExportECPrivateKeyPem()).Type);
    }

    // OpenSSL's -param_enc explicit: a curve that has no name.
    [Fact]
    public void FromPem_RefusesACurveOfItsOwn()
    {
        using ECDsa named = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using ECDsa unnamed = ECDsa.Create(named.ExportExplicitParameters(includePrivateParameters: true));
        Assert.Throws<ArgumentException>(() => TestKey.FromPem(unnamed.ExportPkcs8PrivateKeyPem()));
    }

    [Fact]
    public void FromPem_RefusesOtherKeysAndText()
    {
        using ECDsa foreign = ECDsa.Create(ECCurve.NamedCurves.brainpoolP256r1);
        using ECDsa ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using RSA odd = RSA.Create(2560);
        Assert.Throws<ArgumentException>(() => TestKey.FromPem(foreign.ExportPkcs8PrivateKeyPem()));
        Assert.Throws<ArgumentException>(() => TestKey.FromPem(odd.ExportPkcs8PrivateKeyPem()));
        Assert.Throws<ArgumentException>(() => TestKey.FromPem(ecdsa.ExportSubjectPublicKeyInfoPem()));
        Assert.Throws<ArgumentException>(() => TestKey.FromPem("no key"));
        Assert.Throws<ArgumentException>(() => TestKey.FromPem(ecdsa.ExportEncryptedPkcs8PrivateKeyPem("secret", new(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000))));
        Assert.Throws<ArgumentException>(() => TestTokenKey.FromPem("k", ecdsa.ExportPkcs8PrivateKeyPem(), SignatureAlgorithm.ES384));
        Assert.Throws<ArgumentException>(() => TestTokenKey.FromPem("k", ecdsa.ExportPkcs8PrivateKeyPem()));
    }
}
