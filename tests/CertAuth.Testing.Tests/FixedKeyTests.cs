using System.Security.Cryptography;

namespace CertAuth.Testing.Tests;

public sealed class FixedKeyTests
{
    public static TheoryData<TestKeyType> Types => [.. Enum.GetValues<TestKeyType>()];

    [Theory, MemberData(nameof(Types))]
    public void Fixed_ReturnsTheSameKeyOfTheRequestedType_OnEveryCall(TestKeyType type)
    {
        HashSet<string> seen = [];
        for (int number = 1; number <= TestKey.FixedKeyCount; number++)
        {
            TestKey key = TestKey.Fixed(type, number);
            TestKey.FromPem(key.PrivateKeyPem).Type.Should().Be(type);
            key.Type.Should().Be(type);
            TestKey.Fixed(type, number).Should().BeSameAs(key);
            seen.Add(Convert.ToHexString(key.SubjectPublicKeyInfo.Span)).Should().BeTrue($"key {number} of {type} is a duplicate");
        }
    }

    // Files that users keep may contain certificates of these keys.
    [Fact]
    public void Fixed_ReturnsTheSameKey_InEveryVersion() =>
        Convert.ToHexStringLower(SHA256.HashData(TestKey.Fixed(TestKeyType.P256).SubjectPublicKeyInfo.Span)).Should().Be(
        "0c6c55f176de3dd96e9f03438fe13692639cc4ea3a65a31b9cd1fb36b6a6a671");

    [Fact]
    public void Fixed_Throws_WhenNumberOrTypeIsUndefined()
    {
        FluentActions.Invoking(() => TestKey.Fixed(TestKeyType.P256, 0)).Should().ThrowExactly<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => TestKey.Fixed(TestKeyType.P256, TestKey.FixedKeyCount + 1))
            .Should().ThrowExactly<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => TestKey.Fixed((TestKeyType)99)).Should().ThrowExactly<ArgumentOutOfRangeException>();
    }

    [Fact]
    public void FromKey_Throws_WhenTheKeyDoesNotSupportTheAlgorithm()
    {
        TestTokenKey.FromKey("k", TestKey.Fixed(TestKeyType.Rsa2048)).KeyId.Should().Be("k");
        FluentActions.Invoking(() => TestTokenKey.FromKey("k", TestKey.Fixed(TestKeyType.P256))).Should().ThrowExactly<ArgumentException>();
    }
}
