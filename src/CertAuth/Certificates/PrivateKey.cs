using System.Security.Cryptography;

namespace CertAuth.Certificates;

/// <summary>A private key of a certificate.</summary>
/// <remarks>Disposed only by whoever finds that it isn't wanted; otherwise its handle ends with the last reader.</remarks>
internal sealed class PrivateKey : IDisposable
{
    private PrivateKey(AsymmetricAlgorithm algorithm) => Algorithm = algorithm;

    /// <summary>An <see cref="RSA"/> or an <see cref="ECDsa"/>.</summary>
    internal AsymmetricAlgorithm Algorithm { get; }

    /// <summary>Imports what stands in a PEM block.</summary>
    /// <param name="label">The label of the block (RFC 7468, 10; RFC 5915; RFC 8017, A.1.2).</param>
    /// <param name="der">The key.</param>
    /// <param name="kind">The kind of key that is wanted.</param>
    /// <param name="isOtherKind">Whether it is a key of the other kind.</param>
    /// <returns>The key, or null.</returns>
    internal static PrivateKey? Import(string label, ReadOnlySpan<byte> der, PublicKeyKind kind, out bool isOtherKind)
    {
        bool wantsRsa = kind == PublicKeyKind.Rsa;
        PrivateKey? wanted = wantsRsa ? ImportOrNull(RSA.Create(), label, der) : ImportOrNull(ECDsa.Create(), label, der);
        using PrivateKey? other = wanted is not null ? null : wantsRsa ? ImportOrNull(ECDsa.Create(), label, der) : ImportOrNull(RSA.Create(), label, der);
        isOtherKind = other is not null;
        return wanted;
    }

    /// <summary>Whether it is this certificate's: what it signs, the certificate's key verifies.</summary>
    internal bool Matches(ParsedCertificate certificate)
    {
        ReadOnlySpan<byte> publicKey = certificate.Fields.PublicKey.Slice(certificate.Der.Span);
        byte[] probe = SHA256.HashData(publicKey);
        try
        {
            if (Algorithm is RSA rsa)
            {
                using RSA known = RSA.Create();
                known.ImportSubjectPublicKeyInfo(publicKey, out _);
                byte[] signature = rsa.SignHash(probe, HashAlgorithmName.SHA256, RSASignaturePadding.Pss);
                return known.VerifyHash(probe, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pss);
            }

            using ECDsa verifier = ECDsa.Create();
            verifier.ImportSubjectPublicKeyInfo(publicKey, out _);
            return verifier.VerifyHash(probe, ((ECDsa)Algorithm).SignHash(probe));
        }
        catch (Exception e) when (e is CryptographicException or NotSupportedException)
        {
            // A key that can't sign, or a certificate's key that can't be imported.
            return false;
        }
    }

    public void Dispose() => Algorithm.Dispose();

    private static PrivateKey? ImportOrNull(RSA rsa, string label, ReadOnlySpan<byte> der) => ImportOrNull(rsa, der, label switch
    {
        "PRIVATE KEY" => rsa.ImportPkcs8PrivateKey,
        "RSA PRIVATE KEY" => rsa.ImportRSAPrivateKey,
        _ => null,
    });

    private static PrivateKey? ImportOrNull(ECDsa ecdsa, string label, ReadOnlySpan<byte> der) => ImportOrNull(ecdsa, der, label switch
    {
        "PRIVATE KEY" => ecdsa.ImportPkcs8PrivateKey,
        "EC PRIVATE KEY" => ecdsa.ImportECPrivateKey,
        _ => null,
    });

    private static PrivateKey? ImportOrNull(AsymmetricAlgorithm algorithm, ReadOnlySpan<byte> der, Importer? import)
    {
        try
        {
            if (import is not null)
            {
                import(der, out int read);
                if (read == der.Length)
                    return new(algorithm);
            }
        }
        catch (Exception e) when (e is CryptographicException or NotSupportedException)
        {
            // Not a key of this kind, or of a curve that the platform doesn't know.
        }

        algorithm.Dispose();
        return null;
    }

    private delegate void Importer(ReadOnlySpan<byte> der, out int read);
}
