using System.Numerics;
using System.Security.Cryptography;
using CertAuth.Keys;
using CertAuth.Tests.Signing;

namespace CertAuth.Tests.Keys;

public sealed class RocaFingerprintTests
{
    [Fact]
    public void Matches_ReturnsTrue_ForRocaModuli() =>
        Enumerable.Range(1, 50).Should().AllSatisfy(seed => RocaFingerprint.Matches(GeneratedKeys.RocaModulus(seed)).Should().BeTrue());

    // The modulus is 0 modulo one of the primes. Zero is not a power of 65537, so that prime is sufficient to detect the difference.
    [Theory]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(11)]
    [InlineData(97)]
    [InlineData(163)]
    [InlineData(167)]
    public void Matches_ChecksEveryPrime(int prime) => RocaFingerprint.Matches(GeneratedKeys.AlmostRocaModulus(prime)).Should().BeFalse();

    [Fact]
    public void Matches_ReturnsFalse_ForOtherModuli()
    {
        Enumerable.Range(1, 500).Should().AllSatisfy(seed => RocaFingerprint.Matches(GeneratedKeys.Modulus(2048, seed)).Should().BeFalse());
        using RSA rsa = RSA.Create(2048);
        RocaFingerprint.Matches(new BigInteger(rsa.ExportParameters(false).Modulus, isUnsigned: true, isBigEndian: true))
            .Should().BeFalse();
    }
}
