using System.Security.Cryptography;
using CertAuth.Certificates;

namespace CertAuth.Signing;

/// <summary>A key that makes or verifies signatures of the one algorithm that its type and curve fix.</summary>
/// <remarks>Safe for concurrent use: the key is never changed, and the BCL only reads it. Its handle ends with the last reader.</remarks>
internal sealed class SignatureKey
{
    /// <summary>Longest signature, in octets: that of the longest RSA key.</summary>
    internal const int MaxSignatureBytes = PublicKeyInfo.MaxRsaBits / 8;

    private const int MaxHashBytes = 64;

    private readonly RSA? _rsa;
    private readonly ECDsa? _ecdsa;
    private readonly SignatureAlgorithmInfo _algorithm;

    private SignatureKey(AsymmetricAlgorithm key, SignatureAlgorithmInfo algorithm) =>
        (_rsa, _ecdsa, _algorithm) = (key as RSA, key as ECDsa, algorithm);

    /// <summary>The private half of a certificate's key. The certificate's key is one that can be used.</summary>
    internal static SignatureKey FromPrivateKey(PrivateKey key, ParsedCertificate certificate) => new(key.Algorithm, GetAlgorithm(certificate));

    /// <summary>The public half of a certificate's key, one that can be used; null where the platform can't import it.</summary>
    internal static SignatureKey? Import(ParsedCertificate certificate)
    {
        AsymmetricAlgorithm key = certificate.PublicKey.Kind == PublicKeyKind.Rsa ? RSA.Create() : ECDsa.Create();
        try
        {
            key.ImportSubjectPublicKeyInfo(certificate.Fields.PublicKey.Slice(certificate.Der.Span), out _);
            return new(key, GetAlgorithm(certificate));
        }
        catch (Exception e) when (e is CryptographicException or NotSupportedException)
        {
            key.Dispose();
            return null;
        }
    }

    /// <summary>Signs the hash of the data.</summary>
    /// <param name="data">All of it: it is hashed here.</param>
    /// <param name="destination">At least <see cref="MaxSignatureBytes"/>.</param>
    /// <returns>The length of the signature.</returns>
    internal int Sign(ReadOnlySpan<byte> data, Span<byte> destination)
    {
        Span<byte> buffer = stackalloc byte[MaxHashBytes];
        ReadOnlySpan<byte> hash = buffer[..CryptographicOperations.HashData(_algorithm.Hash, data, buffer)];
        return _rsa is not null
            ? _rsa.SignHash(hash, destination, _algorithm.Hash, _algorithm.Padding!)
            : Written(_ecdsa!.TrySignHash(hash, destination, DSASignatureFormat.IeeeP1363FixedFieldConcatenation, out int length), length);
    }

    /// <summary>Whether this key made the signature over the data.</summary>
    internal bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature) => Verify(data, signature, _algorithm, _rsa, _ecdsa);

    /// <summary>Whether a key made the signature; RSA or ECDSA as the algorithm has it.</summary>
    internal static bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature, SignatureAlgorithmInfo algorithm, RSA? rsa, ECDsa? ecdsa)
    {
        Span<byte> buffer = stackalloc byte[MaxHashBytes];
        ReadOnlySpan<byte> hash = buffer[..CryptographicOperations.HashData(algorithm.Hash, data, buffer)];
        try
        {
            if (algorithm.Padding is not null)
                return rsa!.VerifyHash(hash, signature, algorithm.Hash, algorithm.Padding);

            // RFC 7518, 3.4: r and s, each as long as the field; neither is zero.
            int field = algorithm.FieldBytes;
            return signature.Length == 2 * field && signature[..field].ContainsAnyExcept((byte)0) && signature[field..].ContainsAnyExcept((byte)0)
                && ecdsa!.VerifyHash(hash, signature, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        }
        catch (CryptographicException)
        {
            // A signature that the platform can't work with: it verifies nothing.
            return false;
        }
    }

    // The key fixes the algorithm: RSASSA-PSS with SHA-256 and a salt as long (RFC 8017, 8.1), or ECDSA with the hash of the curve's size.
    private static SignatureAlgorithmInfo GetAlgorithm(ParsedCertificate certificate) => SignatureAlgorithmInfo.Get(certificate.PublicKey switch
    {
        { Kind: PublicKeyKind.Rsa } => SignatureAlgorithm.PS256,
        { Curve: "P-256" } => SignatureAlgorithm.ES256,
        { Curve: "P-384" } => SignatureAlgorithm.ES384,
        { Curve: "P-521" } => SignatureAlgorithm.ES512,
        _ => throw new ArgumentException("No algorithm fits the key.", nameof(certificate)),
    });

    private static int Written(bool done, int length) => done ? length : throw new ArgumentException("The signature doesn't fit.");
}
