using System.Security.Cryptography;
using CertAuth.Certificates;

namespace CertAuth.Signing;

/// <summary>A key that signs or verifies with the one algorithm that its type and curve determine.</summary>
/// <remarks>Safe for concurrent use: the key never changes, and the base library only reads it. Its handle is released when the key is no
/// longer referenced.</remarks>
internal sealed class SignatureKey
{
    /// <summary>The maximum length of a signature in bytes: that of the longest RSA key.</summary>
    internal const int MaxSignatureBytes = PublicKeyInfo.MaxRsaBits / 8;

    private const int MaxHashBytes = 64;

    private readonly RSA? _rsa;
    private readonly ECDsa? _ecdsa;
    private readonly JwsAlgorithm _algorithm;

    private SignatureKey(AsymmetricAlgorithm key, JwsAlgorithm algorithm) =>
        (_rsa, _ecdsa, _algorithm) = (key as RSA, key as ECDsa, algorithm);

    /// <summary>Creates a key that signs. The public key of the certificate must belong to it, and must be supported.</summary>
    internal static SignatureKey FromPrivateKey(PrivateKey key, ParsedCertificate certificate) =>
        new(key.Algorithm, GetAlgorithm(certificate));

    /// <summary>Creates a key that verifies from the public key of a certificate, which must be supported. Returns null if the platform
    /// cannot import it.</summary>
    internal static SignatureKey? ImportOrNull(ParsedCertificate certificate)
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

    /// <summary>Signs data.</summary>
    /// <param name="data">The data, not hashed.</param>
    /// <param name="destination">The buffer for the signature, at least <see cref="MaxSignatureBytes"/> long.</param>
    /// <returns>The length of the signature in bytes.</returns>
    internal int Sign(ReadOnlySpan<byte> data, Span<byte> destination)
    {
        Span<byte> buffer = stackalloc byte[MaxHashBytes];
        ReadOnlySpan<byte> hash = buffer[..CryptographicOperations.HashData(_algorithm.Hash, data, buffer)];
        if (_rsa is not null)
            return _rsa.SignHash(hash, destination, _algorithm.Hash, _algorithm.Padding!);
        return _ecdsa!.TrySignHash(hash, destination, DSASignatureFormat.IeeeP1363FixedFieldConcatenation, out int length)
            ? length
            : throw new ArgumentException("The buffer is too short for the signature.", nameof(destination));
    }

    /// <summary>Returns whether this key made the signature.</summary>
    internal bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature) => Verify(data, signature, _algorithm, _rsa, _ecdsa);

    /// <summary>Returns whether a key made the signature.</summary>
    /// <param name="data">The data, not hashed.</param>
    /// <param name="signature">The signature; for ECDSA, r and s in IEEE P1363 form.</param>
    /// <param name="algorithm">The algorithm.</param>
    /// <param name="rsa">The key if the algorithm is RSA; otherwise, ignored.</param>
    /// <param name="ecdsa">The key if the algorithm is ECDSA; otherwise, ignored.</param>
    internal static bool Verify(
        ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature, JwsAlgorithm algorithm, RSA? rsa, ECDsa? ecdsa)
    {
        Span<byte> buffer = stackalloc byte[MaxHashBytes];
        ReadOnlySpan<byte> hash = buffer[..CryptographicOperations.HashData(algorithm.Hash, data, buffer)];
        try
        {
            if (algorithm.Padding is not null)
                return rsa!.VerifyHash(hash, signature, algorithm.Hash, algorithm.Padding);

            // RFC 7518, 3.4: r and s each have the length of the field. FIPS 186-5, 6.4.2: neither is zero.
            int field = algorithm.FieldBytes;
            return signature.Length == 2 * field
                && signature[..field].ContainsAnyExcept((byte)0) && signature[field..].ContainsAnyExcept((byte)0)
                && ecdsa!.VerifyHash(hash, signature, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        }
        catch (CryptographicException)
        {
            // The platform cannot process the signature.
            return false;
        }
    }

    // The key determines the algorithm: RSASSA-PSS with SHA-256 and a salt of the length of the hash (RFC 8017, 8.1) for every RSA key, or
    // ECDSA with the hash that RFC 7518, 3.4 assigns to the curve.
    private static JwsAlgorithm GetAlgorithm(ParsedCertificate certificate) =>
        JwsAlgorithm.Get(certificate.PublicKey switch
        {
            { Kind: PublicKeyKind.Rsa } => SignatureAlgorithm.PS256,
            { Curve: "P-256" } => SignatureAlgorithm.ES256,
            { Curve: "P-384" } => SignatureAlgorithm.ES384,
            { Curve: "P-521" } => SignatureAlgorithm.ES512,
            _ => throw new ArgumentException("No algorithm is defined for the key.", nameof(certificate)),
        });
}
