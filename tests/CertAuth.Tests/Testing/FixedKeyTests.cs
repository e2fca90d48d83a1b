using System.Security.Cryptography;
using CertAuth.Testing;

namespace CertAuth.Tests.Testing;

public sealed class FixedKeyTests
{
    public static TheoryData<TestKeyType> Types => [.. Enum.GetValues<TestKeyType>()];

    [Theory, MemberData(nameof(Types))]
    public void Fixed_IsOfItsTypeAndTheSameEachTime(TestKeyType type)
    {
        HashSet<string> seen = [];
        for (int number = 1; number <= TestKey.FixedKeys; number++)
        {
            TestKey key = TestKey.Fixed(type, number);
            Assert.Equal(type, TestKey.FromPem(key.PrivateKeyPem).Type);
            Assert.Equal(type, key.Type);
            Assert.Same(key, TestKey.Fixed(type, number));
            Assert.True(seen.Add(Convert.ToHexString(key.SubjectPublicKeyInfo.Span)), $"{type} {number} is there twice.");
        }
    }

    // Whoever keeps a file with one of these numbers' keys relies on them.
    [Fact]
    public void Fixed_StaysTheSameInEveryVersion() => Assert.Equal(
        "0c6c55f176de3dd96e9f03438fe13692639cc4ea3a65a31b9cd1fb36b6a6a671", Convert.ToHexStringLower(SHA256.HashData(TestKey.Fixed(TestKeyType.P256).SubjectPublicKeyInfo.Span)));

    [Fact]
    public void Fixed_RefusesNumbersAndTypesThatAreNone()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => TestKey.Fixed(TestKeyType.P256, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => TestKey.Fixed(TestKeyType.P256, TestKey.FixedKeys + 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => TestKey.Fixed((TestKeyType)99));
    }

    [Fact]
    public void FromKey_RefusesAKeyOfAnotherAlgorithm()
    {
        Assert.Equal("k", TestTokenKey.FromKey("k", TestKey.Fixed(TestKeyType.Rsa2048)).KeyId);
        Assert.Throws<ArgumentException>(() => TestTokenKey.FromKey("k", TestKey.Fixed(TestKeyType.P256)));
    }
}
