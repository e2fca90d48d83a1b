using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CertAuth.Certificates;

namespace CertAuth.Keys;

/// <summary>A private key.</summary>
/// <remarks>A key that signs is not disposed, because it may be signing when it is replaced; the garbage collector releases its handle.
/// Safe for concurrent use, except for <see cref="Dispose"/>.</remarks>
internal sealed class PrivateKey : IDisposable
{
    private readonly AsymmetricAlgorithm _key;

    private PrivateKey(AsymmetricAlgorithm key) => _key = key;

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

    /// <summary>Returns whether a public key verifies a signature that this key makes.</summary>
    /// <param name="subjectPublicKeyInfo">The public key, which must be usable, tag and length included.</param>
    internal bool Matches(ReadOnlySpan<byte> subjectPublicKeyInfo)
    {
        // No usable key is longer. Its signature would not fit into the buffer.
        if (_key.KeySize > KeyBounds.MaxRsaBits)
            return false;

        SignatureScheme scheme = SignatureScheme.GetFor(PublicKeyInfo.Read(subjectPublicKeyInfo));
        Span<byte> signature = stackalloc byte[KeyBounds.MaxSignatureBytes];
        try
        {
            int length = Sign(subjectPublicKeyInfo, signature, scheme);
            return VerificationKey.ImportOrNull(subjectPublicKeyInfo)?.VerifyToken(subjectPublicKeyInfo, signature[..length], scheme)
                == true;
        }
        catch (Exception e) when (e is CryptographicException or NotSupportedException)
        {
            // The private key cannot sign.
            return false;
        }
    }

    /// <summary>Signs data.</summary>
    /// <param name="data">The data, not hashed.</param>
    /// <param name="destination">The buffer for the signature, at least <see cref="KeyBounds.MaxSignatureBytes"/> long. An ECDSA signature
    /// is in IEEE P1363 form.</param>
    /// <param name="scheme">The signature algorithm, which fits the key.</param>
    /// <returns>The length of the signature in bytes.</returns>
    internal int Sign(ReadOnlySpan<byte> data, Span<byte> destination, SignatureScheme scheme)
    {
        Span<byte> buffer = stackalloc byte[SignatureScheme.MaxHashBytes];
        ReadOnlySpan<byte> hash = scheme.HashData(data, buffer);
        if (_key is RSA rsa)
            return rsa.SignHash(hash, destination, scheme.Hash, scheme.Padding!);
        return ((ECDsa)_key).TrySignHash(hash, destination, DSASignatureFormat.IeeeP1363FixedFieldConcatenation, out int length)
            ? length
            : throw new ArgumentException("The buffer is too short for the signature.", nameof(destination));
    }

    /// <summary>Returns a copy of a certificate with this key, of which it has a handle of its own.</summary>
    internal X509Certificate2 CopyInto(X509Certificate2 certificate) =>
        _key is RSA rsa ? certificate.CopyWithPrivateKey(rsa) : certificate.CopyWithPrivateKey((ECDsa)_key);

    public void Dispose() => _key.Dispose();

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
