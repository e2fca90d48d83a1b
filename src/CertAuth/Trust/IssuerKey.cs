using System.Security.Cryptography;
using CertAuth.Certificates;

namespace CertAuth.Trust;

/// <summary>An issuer's public key, imported once.</summary>
/// <remarks>Safe for concurrent use: the key does not change, and the base library only reads it to verify a signature. A finalizer
/// releases the handle of the key.</remarks>
internal sealed class IssuerKey
{
    private const int MaxHashBytes = 64;

    private readonly RSA? _rsa;
    private readonly ECDsa? _ecdsa;

    private IssuerKey(RSA? rsa, ECDsa? ecdsa) => (_rsa, _ecdsa) = (rsa, ecdsa);

    /// <summary>Imports the key of a certificate; returns null if its kind is not supported or the platform does not import it.</summary>
    internal static IssuerKey? ImportOrNull(ParsedCertificate issuer)
    {
        ReadOnlySpan<byte> encoded = issuer.Fields.PublicKey.Slice(issuer.Der.Span);
        PublicKeyInfo info = PublicKeyInfo.Read(encoded, out uint rsaExponent);
        try
        {
            switch (info.Kind)
            {
                case PublicKeyKind.Rsa when PublicKeyInfo.IsAcceptableRsa(info.Bits, rsaExponent):
                    RSA rsa = RSA.Create();
                    rsa.ImportSubjectPublicKeyInfo(encoded, out _);
                    return new(rsa, null);
                case PublicKeyKind.Ec when info.Curve is not null:
                    ECDsa ecdsa = ECDsa.Create();
                    ecdsa.ImportSubjectPublicKeyInfo(encoded, out _);
                    return new(null, ecdsa);
                default:
                    return null;
            }
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>Returns whether this key signed a certificate; null if this library or the platform does not support the signature
    /// algorithm.</summary>
    internal bool? VerifyOrNull(ParsedCertificate certificate)
    {
        ref readonly CertificateFields fields = ref certificate.Fields;
        ReadOnlySpan<byte> der = certificate.Der.Span;
        return VerifyOrNull(fields.Tbs.Slice(der), fields.Signature.Slice(der), SignatureScheme.Read(certificate));
    }

    /// <summary>Returns whether a signature of the data verifies with this key. Returns false if the signature algorithm is not
    /// supported.</summary>
    internal bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature, SignatureScheme scheme) =>
        VerifyOrNull(data, signature, scheme) == true;

    private bool? VerifyOrNull(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature, SignatureScheme scheme)
    {
        Span<byte> buffer = stackalloc byte[MaxHashBytes];
        try
        {
            return scheme.Key switch
            {
                PublicKeyKind.Rsa when _rsa is not null =>
                    _rsa.VerifyHash(scheme.HashData(data, buffer), signature, scheme.Hash, scheme.Padding!),
                PublicKeyKind.Ec when _ecdsa is not null =>
                    _ecdsa.VerifyHash(scheme.HashData(data, buffer), signature, DSASignatureFormat.Rfc3279DerSequence),
                PublicKeyKind.Unknown => null,
                _ => false,
            };
        }
        catch (CryptographicException)
        {
            // The platform does not support the signature, the hash or the key.
            return null;
        }
    }
}
