using System.Security.Cryptography;

namespace CertAuth.Certificates;

/// <summary>The private key of a certificate.</summary>
/// <remarks>Dispose it unless <see cref="Algorithm"/> stays in use. A key that signs is not disposed, because it may be signing when it is
/// replaced; the garbage collector releases its handle.</remarks>
internal sealed class PrivateKey : IDisposable
{
    private PrivateKey(AsymmetricAlgorithm algorithm) => Algorithm = algorithm;

    /// <summary>The key: an <see cref="RSA"/> or an <see cref="ECDsa"/>.</summary>
    internal AsymmetricAlgorithm Algorithm { get; }

    /// <summary>Imports the key of a PEM block.</summary>
    /// <param name="label">The label of the block (RFC 7468, 10; RFC 5915; RFC 8017, A.1.2).</param>
    /// <param name="der">The content of the block.</param>
    /// <param name="kind">The expected kind of key. Every kind other than RSA is read as EC.</param>
    /// <param name="isOtherKind">True if the block is a valid key of the other kind: EC instead of RSA, or RSA instead of EC.</param>
    /// <returns>The key, or null if the block is not a key of the expected kind.</returns>
    internal static PrivateKey? Import(string label, ReadOnlySpan<byte> der, PublicKeyKind kind, out bool isOtherKind)
    {
        bool isRsa = kind == PublicKeyKind.Rsa;
        PrivateKey? key = ImportOrNull(isRsa, label, der);
        using PrivateKey? other = key is null ? ImportOrNull(!isRsa, label, der) : null;
        isOtherKind = other is not null;
        return key;
    }

    /// <summary>Returns whether the public key of the certificate verifies a signature that this key makes.</summary>
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
            // The private key cannot sign, or the public key cannot be imported.
            return false;
        }
    }

    public void Dispose() => Algorithm.Dispose();

    private static PrivateKey? ImportOrNull(bool isRsa, string label, ReadOnlySpan<byte> der) =>
        isRsa ? ImportOrNull(RSA.Create(), label, der) : ImportOrNull(ECDsa.Create(), label, der);

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
            // The data is not a key of this kind, or the platform does not support its curve.
        }

        algorithm.Dispose();
        return null;
    }

    private delegate void Importer(ReadOnlySpan<byte> der, out int read);
}
