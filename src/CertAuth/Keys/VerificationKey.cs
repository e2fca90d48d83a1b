using System.Security.Cryptography;
using CertAuth.Certificates;

namespace CertAuth.Keys;

/// <summary>A public key, imported to verify signatures.</summary>
/// <remarks>Safe for concurrent use: the key does not change, and the base library only reads it. Its handle is released when the key is no
/// longer referenced.</remarks>
internal sealed class VerificationKey
{
    private readonly AsymmetricAlgorithm _key;

    private VerificationKey(AsymmetricAlgorithm key) => _key = key;

    /// <summary>Imports a SubjectPublicKeyInfo, tag and length included. Returns null if its kind is not supported or the platform does not
    /// import it. The minimum size is not checked.</summary>
    internal static VerificationKey? ImportOrNull(ReadOnlySpan<byte> subjectPublicKeyInfo)
    {
        PublicKeyInfo info = PublicKeyInfo.Read(subjectPublicKeyInfo, out uint rsaExponent);
        if (!KeyPolicy.CanVerify(info, rsaExponent))
            return null;

        AsymmetricAlgorithm key = info.Kind == PublicKeyKind.Rsa ? RSA.Create() : ECDsa.Create();
        return ImportOrNull(key, subjectPublicKeyInfo, encoded => key.ImportSubjectPublicKeyInfo(encoded, out _));
    }

    /// <summary>Imports an RSA key, which is not checked. Returns null if the platform does not import it.</summary>
    internal static VerificationKey? ImportOrNull(RSAParameters parameters)
    {
        RSA key = RSA.Create();
        return ImportOrNull(key, parameters, key.ImportParameters);
    }

    /// <summary>Imports an EC key, which is not checked. Returns null if the platform does not import it.</summary>
    internal static VerificationKey? ImportOrNull(ECParameters parameters)
    {
        ECDsa key = ECDsa.Create();
        return ImportOrNull(key, parameters, key.ImportParameters);
    }

    /// <summary>Returns whether this key made a signature of a certificate or a revocation list. Returns null if this library or the
    /// platform does not support the signature algorithm.</summary>
    /// <param name="data">The signed part, not hashed.</param>
    /// <param name="signature">The signature; for ECDSA, r and s in DER (RFC 3279, 2.2.3).</param>
    /// <param name="scheme">The signature algorithm; null if it is not supported.</param>
    internal bool? VerifyCertificateOrNull(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature, SignatureScheme? scheme) =>
        scheme is null ? null : VerifyOrNull(data, signature, scheme, DSASignatureFormat.Rfc3279DerSequence);

    /// <summary>Returns whether this key made the signature of a token.</summary>
    /// <param name="data">The data, not hashed.</param>
    /// <param name="signature">The signature; for ECDSA, r and s in IEEE P1363 form.</param>
    /// <param name="scheme">The signature algorithm, which the key supports.</param>
    internal bool VerifyToken(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature, SignatureScheme scheme)
    {
        if (scheme.Curve is { FieldBytes: int field })
        {
            // RFC 7518, 3.4: r and s each have the length of the field. FIPS 186-5, 6.4.2: neither is zero.
            bool isWellFormed = signature.Length == 2 * field
                && signature[..field].ContainsAnyExcept((byte)0) && signature[field..].ContainsAnyExcept((byte)0);
            if (!isWellFormed)
                return false;
        }

        return VerifyOrNull(data, signature, scheme, DSASignatureFormat.IeeeP1363FixedFieldConcatenation) == true;
    }

    private bool? VerifyOrNull(
        ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature, SignatureScheme scheme, DSASignatureFormat format)
    {
        Span<byte> buffer = stackalloc byte[SignatureScheme.MaxHashBytes];
        try
        {
            return (scheme.Key, _key) switch
            {
                (PublicKeyKind.Rsa, RSA rsa) =>
                    rsa.VerifyHash(scheme.HashData(data, buffer), signature, scheme.Hash, scheme.Padding!),
                (PublicKeyKind.Ec, ECDsa ecdsa) => ecdsa.VerifyHash(scheme.HashData(data, buffer), signature, format),
                _ => false,
            };
        }
        catch (CryptographicException)
        {
            // The platform does not support the signature, the hash or the key.
            return null;
        }
    }

    private static VerificationKey? ImportOrNull<T>(AsymmetricAlgorithm key, T material, Action<T> import)
        where T : allows ref struct
    {
        try
        {
            import(material);
            return new(key);
        }
        catch (Exception e) when (e is CryptographicException or NotSupportedException)
        {
            key.Dispose();
            return null;
        }
    }
}
