using System.Numerics;
using System.Security.Cryptography;
using CertAuth.Signing;

namespace CertAuth.Tests.Signing;

public sealed class RocaFingerprintTests
{
    [Fact]
    public void Matches_FindsModuliOfBrokenChips() =>
        Assert.All(Enumerable.Range(1, 50), seed => Assert.True(RocaFingerprint.Matches(MadeUp.RocaModulus(seed))));

    // Of 65537's powers zero is never one, so that one prime's word is enough.
    [Theory]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(11)]
    [InlineData(97)]
    [InlineData(163)]
    [InlineData(167)]
    public void Matches_AsksEveryPrime(int prime) => Assert.False(RocaFingerprint.Matches(MadeUp.AlmostRocaModulus(prime)));

    [Fact]
    public void Matches_PassesSoundModuli()
    {
        Assert.All(Enumerable.Range(1, 500), seed => Assert.False(RocaFingerprint.Matches(MadeUp.Modulus(2048, seed))));
        using RSA rsa = RSA.Create(2048);
        Assert.False(RocaFingerprint.Matches(new BigInteger(rsa.ExportParameters(false).Modulus, isUnsigned: true, isBigEndian: true)));
    }
}
