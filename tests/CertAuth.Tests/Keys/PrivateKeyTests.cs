using System.Numerics;
using System.Security.Cryptography;
using CertAuth.Certificates;
using CertAuth.Keys;
using CertAuth.Tests.Signing;

namespace CertAuth.Tests.Keys;

/// <summary>Whether a private key belongs to a public key.</summary>
public sealed class PrivateKeyTests
{
    [Theory]
    [InlineData(TestKeyType.Rsa2048)]
    [InlineData(TestKeyType.P256)]
    [InlineData(TestKeyType.P384)]
    [InlineData(TestKeyType.P521)]
    public void Matches_ReturnsTrue_OnlyForItsOwnPublicKey(TestKeyType type)
    {
        TestKey own = TestKey.Create(type), other = TestKey.Create(type);
        using PrivateKey key = Import(own);

        key.Matches(own.SubjectPublicKeyInfo.Span).Should().BeTrue();
        key.Matches(other.SubjectPublicKeyInfo.Span).Should().BeFalse();
    }

    [Theory]
    [InlineData(TestKeyType.P256, TestKeyType.P521)]
    [InlineData(TestKeyType.P521, TestKeyType.P256)]
    [InlineData(TestKeyType.P384, TestKeyType.P256)]
    public void Matches_ReturnsFalse_WhenTheCurvesDiffer(TestKeyType privateType, TestKeyType publicType)
    {
        using PrivateKey key = Import(TestKey.Create(privateType));

        key.Matches(TestKey.Create(publicType).SubjectPublicKeyInfo.Span).Should().BeFalse();
    }

    // The signature of such a key is longer than that of every usable public key. The fault: the buffer for it was too short, and an
    // exception escaped.
    [Fact]
    public void Matches_ReturnsFalse_WhenThePrivateKeyIsTooLong()
    {
        using RSA tooLong = RSA.Create(CreateLongKey());
        byte[] pkcs8 = tooLong.ExportPkcs8PrivateKey();

        using PrivateKey? key = PrivateKey.Import("PRIVATE KEY", pkcs8, PublicKeyKind.Rsa, out _);

        tooLong.KeySize.Should().BeGreaterThan(KeyBounds.MaxRsaBits);
        key.Should().NotBeNull();
        key!.Matches(TestKey.Create(TestKeyType.Rsa2048).SubjectPublicKeyInfo.Span).Should().BeFalse();
    }

    private static PrivateKey Import(TestKey key)
    {
        using AsymmetricAlgorithm algorithm = Create(key);
        byte[] pkcs8 = algorithm.ExportPkcs8PrivateKey();
        PublicKeyKind kind = PublicKeyInfo.Read(key.SubjectPublicKeyInfo.Span).Kind;
        return PrivateKey.Import("PRIVATE KEY", pkcs8, kind, out _)!;
    }

    private static AsymmetricAlgorithm Create(TestKey key)
    {
        AsymmetricAlgorithm algorithm =
            PublicKeyInfo.Read(key.SubjectPublicKeyInfo.Span).Kind == PublicKeyKind.Rsa ? RSA.Create() : ECDsa.Create();
        algorithm.ImportFromPem(key.PrivateKeyPem);
        return algorithm;
    }

    // One factor is a Mersenne prime and the other is not prime, so that no prime needs to be searched. The key signs, but wrongly.
    private static RSAParameters CreateLongKey()
    {
        const int PublicExponent = 65537;
        BigInteger p = (BigInteger.One << 4253) - 1, q = GeneratedKeys.Modulus(4253);
        BigInteger phi = (p - 1) * (q - 1);
        int k = Enumerable.Range(1, PublicExponent - 1).First(k => (1 + k * (phi % PublicExponent)) % PublicExponent == 0);
        BigInteger d = (1 + k * phi) / PublicExponent;
        int bytes = (p * q).GetByteCount(isUnsigned: true), half = (bytes + 1) / 2;
        return new()
        {
            Modulus = Pad(p * q, bytes),
            Exponent = [1, 0, 1],
            D = Pad(d, bytes),
            P = Pad(p, half),
            Q = Pad(q, half),
            DP = Pad(d % (p - 1), half),
            DQ = Pad(d % (q - 1), half),
            InverseQ = Pad(BigInteger.ModPow(q, p - 2, p), half),
        };
    }

    private static byte[] Pad(BigInteger number, int bytes)
    {
        byte[] minimal = number.ToByteArray(isUnsigned: true, isBigEndian: true);
        return [.. new byte[bytes - minimal.Length], .. minimal];
    }
}
