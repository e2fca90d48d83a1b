using System.Buffers.Text;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using CertAuth.Certificates;
using CertAuth.Keys;
using CertAuth.Signing;

namespace CertAuth.Tests.Signing;

/// <summary>Keys are imported at their first use. The fault: each reload imported all points, which took seconds for 3,000 keys on
/// P-521.</summary>
public sealed class KeyImportTests
{
    private const int Count = 3000;

    private static readonly byte[] s_data = "signed"u8.ToArray();

    [Theory]
    [InlineData("P-256", SignatureAlgorithm.ES256)]
    [InlineData("P-384", SignatureAlgorithm.ES384)]
    [InlineData("P-521", SignatureAlgorithm.ES512)]
    public void TryParse_ImportsNoKey_UntilItVerifies(string name, SignatureAlgorithm algorithm)
    {
        using ECDsa signer = ECDsa.Create(GetCurve(name));
        ECPoint point = signer.ExportParameters(includePrivateParameters: false).Q;
        SignatureScheme scheme = SignatureScheme.Get(algorithm);
        byte[] signature = signer.SignData(s_data, scheme.Hash, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);

        TokenKeySet keys = Load(Enumerable.Range(0, Count).Select(i => Jwk($"k{i}", name, point.X!, point.Y!)));

        keys.Count.Should().Be(Count);
        keys.Warnings.Should().BeEmpty();
        CountImported(keys).Should().Be(0);

        keys.Find("k7"u8)!.Verify(s_data, signature, scheme).Should().BeTrue();
        keys.Find("k7"u8)!.Verify("other"u8, signature, scheme).Should().BeFalse();
        CountImported(keys).Should().Be(1);
    }

    // A point is checked without an import, so the warning does not depend on one.
    [Fact]
    public void TryParse_WarnsAboutEachPointOffItsCurve_WithoutImports()
    {
        using ECDsa signer = ECDsa.Create(ECCurve.NamedCurves.nistP521);
        ECPoint point = signer.ExportParameters(includePrivateParameters: false).Q;
        byte[] other = [.. point.Y!];
        other[^1] ^= 1;

        TokenKeySet keys = Load(
            Enumerable.Range(0, Count).Select(i => Jwk($"k{i}", "P-521", point.X!, i % 3 == 0 ? other : point.Y!)));

        keys.Warnings.Select(warning => (warning.Kind, warning.Index)).Should()
            .Equal(Enumerable.Range(0, Count / 3).Select(i => (TokenKeyWarningKind.PointNotOnCurve, 3 * i)));
        keys.Count.Should().Be(Count - (Count / 3));
        keys.Find("k0"u8).Should().BeNull();
        CountImported(keys).Should().Be(0);
    }

    // A random modulus is not a product of two primes, but it passes every check of the reader.
    [Fact]
    public void Verify_ReturnsFalse_WhenTheModulusIsRandom()
    {
        BigInteger modulus = GeneratedKeys.Modulus(2048);
        TokenKeySet keys = Load([$$"""{"kty":"RSA","kid":"k0","n":"{{GeneratedKeys.Encode(modulus)}}","e":"AQAB"}"""]);
        TokenKey key = keys.Find("k0"u8)!;

        key.IsImported.Should().BeFalse();
        key.Verify(s_data, new byte[256], SignatureScheme.Get(SignatureAlgorithm.RS256)).Should().BeFalse();
        key.IsImported.Should().BeTrue();
    }

    [Fact]
    public void Verify_ReturnsFalse_WhenThePlatformRejectsTheKey()
    {
        ECParameters offCurve = new() { Curve = ECCurve.NamedCurves.nistP256, Q = new() { X = new byte[32], Y = new byte[32] } };
        TokenKey key = new([], PublicKeyKind.Ec, NamedCurve.P256, default, () => VerificationKey.ImportOrNull(offCurve));

        key.Verify(s_data, [.. Enumerable.Repeat((byte)1, 64)], SignatureScheme.Get(SignatureAlgorithm.ES256)).Should().BeFalse();
    }

    private static int CountImported(TokenKeySet keys) => keys.KeyIds.Count(id => keys.Find(Encoding.ASCII.GetBytes(id))!.IsImported);

    private static TokenKeySet Load(IEnumerable<string> list) =>
        TokenKeySet.Parse(Encoding.ASCII.GetBytes($$"""{"keys":[{{string.Join(',', list)}}]}"""));

    private static string Jwk(string id, string curve, byte[] x, byte[] y) =>
        $$"""{"kty":"EC","kid":"{{id}}","crv":"{{curve}}","x":"{{Base64Url.EncodeToString(x)}}","y":"{{Base64Url.EncodeToString(y)}}"}""";

    private static ECCurve GetCurve(string name) => name switch
    {
        "P-256" => ECCurve.NamedCurves.nistP256,
        "P-384" => ECCurve.NamedCurves.nistP384,
        _ => ECCurve.NamedCurves.nistP521,
    };
}
