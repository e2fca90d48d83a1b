using System.Security.Cryptography;
using CertAuth.Certificates;

namespace CertAuth.Trust;

/// <summary>An issuer's public key, imported once.</summary>
/// <remarks>Safe for concurrent use: the key is never changed, and the BCL's verification only reads it. Its handle ends with the last reader.</remarks>
internal sealed class IssuerKey
{
    private const int MaxHashBytes = 64;

    private readonly RSA? _rsa;
    private readonly ECDsa? _ecdsa;

    private IssuerKey(RSA? rsa, ECDsa? ecdsa) => (_rsa, _ecdsa) = (rsa, ecdsa);

    /// <summary>Null for a kind of key with which nothing is verified, and for one that can't be imported.</summary>
    internal static IssuerKey? Import(ParsedCertificate issuer)
    {
        ReadOnlySpan<byte> encoded = issuer.Fields.PublicKey.Slice(issuer.Der.Span);
        PublicKeyInfo facts = PublicKeyInfo.Read(encoded, out uint rsaExponent);
        try
        {
            switch (facts.Kind)
            {
                case PublicKeyKind.Rsa when PublicKeyInfo.IsAcceptableRsa(facts.Bits, rsaExponent):
                    RSA rsa = RSA.Create();
                    rsa.ImportSubjectPublicKeyInfo(encoded, out _);
                    return new(rsa, null);
                case PublicKeyKind.Ec when facts.Curve is not null:
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

    /// <summary>Whether this key signed the certificate; null where that cannot be verified here.</summary>
    internal bool? Judge(ParsedCertificate certificate)
    {
        ref readonly CertificateFields fields = ref certificate.Fields;
        ReadOnlySpan<byte> der = certificate.Der.Span;
        return Judge(fields.Tbs.Slice(der), fields.Signature.Slice(der), SignatureScheme.Of(certificate));
    }

    /// <summary>Whether this key made the signature over the data; false also where that cannot be verified here.</summary>
    internal bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature, SignatureScheme scheme) =>
        Judge(data, signature, scheme) == true;

    /// <summary>Whether this key made the signature over the data; null where that cannot be verified here.</summary>
    private bool? Judge(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature, SignatureScheme scheme)
    {
        Span<byte> buffer = stackalloc byte[MaxHashBytes];
        try
        {
            return scheme.Key switch
            {
                PublicKeyKind.Rsa when _rsa is not null => _rsa.VerifyHash(scheme.HashData(data, buffer), signature, scheme.Hash, scheme.Padding!),
                PublicKeyKind.Ec when _ecdsa is not null =>
                    _ecdsa.VerifyHash(scheme.HashData(data, buffer), signature, DSASignatureFormat.Rfc3279DerSequence),
                PublicKeyKind.Unknown => null,
                _ => false,
            };
        }
        catch (CryptographicException)
        {
            // A signature, a hash or a key that the platform does not process.
            return null;
        }
    }
}
