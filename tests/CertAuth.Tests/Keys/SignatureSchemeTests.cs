using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CertAuth.Certificates;
using CertAuth.Keys;
using CertAuth.Signing;

namespace CertAuth.Tests.Keys;

/// <summary>The table of signature algorithms.</summary>
public sealed class SignatureSchemeTests
{
    public static TheoryData<SignatureAlgorithm> Algorithms => [.. SignatureScheme.TokenAlgorithms];

    [Fact]
    public void TokenAlgorithms_AreAllDefinedOnesInOrder() =>
        SignatureScheme.TokenAlgorithms.Should().Equal(Enum.GetValues<SignatureAlgorithm>().Except([SignatureAlgorithm.None]));

    [Theory, MemberData(nameof(Algorithms))]
    public void FindByName_FindsExactlyTheNameOfTheAlgorithm(SignatureAlgorithm algorithm)
    {
        string name = algorithm.ToString();

        SignatureScheme.FindByName(Encoding.ASCII.GetBytes(name)).Should().BeSameAs(SignatureScheme.Get(algorithm));
        SignatureScheme.FindByName(Encoding.ASCII.GetBytes(name.ToLowerInvariant())).Should().BeNull();
        SignatureScheme.FindByName(Encoding.ASCII.GetBytes(name + "\0")).Should().BeNull();
        SignatureScheme.FindByName(Encoding.ASCII.GetBytes(name[..^1])).Should().BeNull();
    }

    // "None" is the name of the enum member for schemes that tokens do not use.
    [Theory]
    [InlineData("none")]
    [InlineData("None")]
    [InlineData("HS256")]
    [InlineData("EdDSA")]
    [InlineData("")]
    public void FindByName_FindsNoOtherName(string name) => SignatureScheme.FindByName(Encoding.ASCII.GetBytes(name)).Should().BeNull();

    // RFC 7518, 3.3 to 3.5.
    [Theory]
    [InlineData("RS", PublicKeyKind.Rsa, false)]
    [InlineData("PS", PublicKeyKind.Rsa, false)]
    [InlineData("ES", PublicKeyKind.Ec, true)]
    public void Get_ReturnsTheHashOfTheName(string family, PublicKeyKind kind, bool hasCurve)
    {
        SignatureAlgorithm[] algorithms =
            [.. SignatureScheme.TokenAlgorithms.Where(a => a.ToString().StartsWith(family, StringComparison.Ordinal))];

        algorithms.Should().HaveCount(3);
        foreach (SignatureAlgorithm algorithm in algorithms)
        {
            SignatureScheme scheme = SignatureScheme.Get(algorithm);

            scheme.Hash.Name.Should().Be("SHA" + algorithm.ToString()[2..]);
            scheme.Key.Should().Be(kind);
            (scheme.Curve is not null).Should().Be(hasCurve);
            (scheme.Padding == RSASignaturePadding.Pss).Should().Be(family == "PS");
            scheme.SaltBytes.Should().Be(family == "PS" ? int.Parse(algorithm.ToString()[2..], CultureInfo.InvariantCulture) / 8 : 0);
        }
    }

    [Theory]
    [InlineData(PublicKeyKind.Rsa, null, SignatureAlgorithm.PS256)]
    [InlineData(PublicKeyKind.Ec, "P-256", SignatureAlgorithm.ES256)]
    [InlineData(PublicKeyKind.Ec, "P-384", SignatureAlgorithm.ES384)]
    [InlineData(PublicKeyKind.Ec, "P-521", SignatureAlgorithm.ES512)]
    public void GetFor_ReturnsTheSchemeThatTheKeyDetermines(PublicKeyKind kind, string? curve, SignatureAlgorithm algorithm) =>
        SignatureScheme.GetFor(new(kind, 0, curve)).Algorithm.Should().Be(algorithm);

    [Theory]
    [InlineData(PublicKeyKind.Unknown)]
    [InlineData(PublicKeyKind.Ec)]
    [InlineData(PublicKeyKind.Dsa)]
    [InlineData(PublicKeyKind.EdDsa)]
    public void GetFor_Throws_WhenTheKeyCannotBeUsed(PublicKeyKind kind) =>
        FluentActions.Invoking(() => SignatureScheme.GetFor(new(kind, 0, null))).Should().ThrowExactly<ArgumentException>();

    [Theory]
    [InlineData("SHA1", 20, true)]
    [InlineData("SHA256", 32, true)]
    [InlineData("SHA384", 48, true)]
    [InlineData("SHA512", 64, true)]
    [InlineData("SHA256", 20, false)]
    [InlineData("MD5", 16, false)]
    [InlineData("SHA224", 28, false)]
    [InlineData(null, 0, false)]
    public void FindPss_FindsSaltsOfTheLengthOfTheHash(string? hash, int saltBytes, bool isFound) =>
        (SignatureScheme.FindPss(new(hash), saltBytes) is not null).Should().Be(isFound);
}
