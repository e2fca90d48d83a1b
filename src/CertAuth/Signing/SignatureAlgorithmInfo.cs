using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace CertAuth.Signing;

/// <summary>What each algorithm is made of.</summary>
/// <param name="Algorithm">The algorithm.</param>
/// <param name="Name">Its name in a header, case counting.</param>
/// <param name="Hash">The hash.</param>
/// <param name="Padding">The padding of RSA; null for ECDSA.</param>
/// <param name="Curve">The curve of ECDSA; null for RSA.</param>
/// <param name="FieldBytes">Octets of r and of s; 0 for RSA.</param>
internal sealed record SignatureAlgorithmInfo(
    SignatureAlgorithm Algorithm, byte[] Name, HashAlgorithmName Hash, RSASignaturePadding? Padding, string? Curve, int FieldBytes)
{
    // RFC 7518, 3.1: the nine asymmetric ones.
    private static readonly ImmutableArray<SignatureAlgorithmInfo> s_all =
    [
        Rsa(SignatureAlgorithm.RS256, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
        Rsa(SignatureAlgorithm.RS384, HashAlgorithmName.SHA384, RSASignaturePadding.Pkcs1),
        Rsa(SignatureAlgorithm.RS512, HashAlgorithmName.SHA512, RSASignaturePadding.Pkcs1),
        Rsa(SignatureAlgorithm.PS256, HashAlgorithmName.SHA256, RSASignaturePadding.Pss),
        Rsa(SignatureAlgorithm.PS384, HashAlgorithmName.SHA384, RSASignaturePadding.Pss),
        Rsa(SignatureAlgorithm.PS512, HashAlgorithmName.SHA512, RSASignaturePadding.Pss),
        Ecdsa(SignatureAlgorithm.ES256, HashAlgorithmName.SHA256, "P-256", 32),
        Ecdsa(SignatureAlgorithm.ES384, HashAlgorithmName.SHA384, "P-384", 48),
        Ecdsa(SignatureAlgorithm.ES512, HashAlgorithmName.SHA512, "P-521", 66),
    ];

    internal static ImmutableArray<SignatureAlgorithm> All { get; } = [.. s_all.Select(facts => facts.Algorithm)];

    internal static SignatureAlgorithmInfo Get(SignatureAlgorithm algorithm) => s_all[(int)algorithm - 1];

    /// <summary>The algorithm of a name, exactly; null for any other, <c>none</c> and HS256 among them.</summary>
    internal static SignatureAlgorithmInfo? Find(ReadOnlySpan<byte> name)
    {
        foreach (SignatureAlgorithmInfo facts in s_all)
        {
            if (name.SequenceEqual(facts.Name))
                return facts;
        }

        return null;
    }

    private static SignatureAlgorithmInfo Rsa(SignatureAlgorithm algorithm, HashAlgorithmName hash, RSASignaturePadding padding) =>
        new(algorithm, Encoding.ASCII.GetBytes(algorithm.ToString()), hash, padding, null, 0);

    private static SignatureAlgorithmInfo Ecdsa(SignatureAlgorithm algorithm, HashAlgorithmName hash, string curve, int fieldBytes) =>
        new(algorithm, Encoding.ASCII.GetBytes(algorithm.ToString()), hash, null, curve, fieldBytes);
}
