using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace CertAuth.Signing;

/// <summary>The parameters of a signature algorithm.</summary>
/// <param name="Algorithm">The algorithm.</param>
/// <param name="Name">The value of <c>alg</c>, case-sensitive.</param>
/// <param name="Hash">The hash.</param>
/// <param name="Padding">The RSA padding; null for ECDSA.</param>
/// <param name="Curve">The curve, as the value of <c>crv</c>; null for RSA.</param>
/// <param name="FieldBytes">The length of each of the integers r and s of a signature, in bytes; 0 for RSA.</param>
internal sealed record JwsAlgorithm(
    SignatureAlgorithm Algorithm, byte[] Name, HashAlgorithmName Hash, RSASignaturePadding? Padding, string? Curve, int FieldBytes)
{
    // RFC 7518, 3.1: the asymmetric algorithms, in the order of SignatureAlgorithm.
    private static readonly ImmutableArray<JwsAlgorithm> s_all =
    [
        CreateRsa(SignatureAlgorithm.RS256, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
        CreateRsa(SignatureAlgorithm.RS384, HashAlgorithmName.SHA384, RSASignaturePadding.Pkcs1),
        CreateRsa(SignatureAlgorithm.RS512, HashAlgorithmName.SHA512, RSASignaturePadding.Pkcs1),
        CreateRsa(SignatureAlgorithm.PS256, HashAlgorithmName.SHA256, RSASignaturePadding.Pss),
        CreateRsa(SignatureAlgorithm.PS384, HashAlgorithmName.SHA384, RSASignaturePadding.Pss),
        CreateRsa(SignatureAlgorithm.PS512, HashAlgorithmName.SHA512, RSASignaturePadding.Pss),
        CreateEcdsa(SignatureAlgorithm.ES256, HashAlgorithmName.SHA256, "P-256", 32),
        CreateEcdsa(SignatureAlgorithm.ES384, HashAlgorithmName.SHA384, "P-384", 48),
        CreateEcdsa(SignatureAlgorithm.ES512, HashAlgorithmName.SHA512, "P-521", 66),
    ];

    /// <summary>Gets all supported algorithms, in the order of <see cref="SignatureAlgorithm"/>.</summary>
    internal static ImmutableArray<SignatureAlgorithm> All { get; } = [.. s_all.Select(info => info.Algorithm)];

    /// <summary>Returns the parameters of an algorithm, which must not be <see cref="SignatureAlgorithm.None"/>.</summary>
    internal static JwsAlgorithm Get(SignatureAlgorithm algorithm) => s_all[(int)algorithm - 1];

    /// <summary>Finds an algorithm by its exact name. Returns null for every other name, including <c>none</c> and <c>HS256</c>.</summary>
    internal static JwsAlgorithm? Find(ReadOnlySpan<byte> name)
    {
        foreach (JwsAlgorithm info in s_all)
        {
            if (name.SequenceEqual(info.Name))
                return info;
        }

        return null;
    }

    private static JwsAlgorithm CreateRsa(SignatureAlgorithm algorithm, HashAlgorithmName hash, RSASignaturePadding padding) =>
        new(algorithm, Encoding.ASCII.GetBytes(algorithm.ToString()), hash, padding, null, 0);

    private static JwsAlgorithm CreateEcdsa(SignatureAlgorithm algorithm, HashAlgorithmName hash, string curve, int fieldBytes) =>
        new(algorithm, Encoding.ASCII.GetBytes(algorithm.ToString()), hash, null, curve, fieldBytes);
}
