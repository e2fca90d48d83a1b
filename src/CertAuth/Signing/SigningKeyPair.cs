using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using CertAuth.Certificates;

namespace CertAuth.Signing;

/// <summary>A certificate and its private key, with which a proxy signs what it says of its clients.</summary>
/// <remarks>Immutable; safe for concurrent use; nothing to dispose: the key's handle ends with the last reader.</remarks>
public sealed class SigningKeyPair
{
    private readonly SignatureKey _key;

    private SigningKeyPair(ImmutableArray<ParsedCertificate> chain, SignatureKey key) => (Chain, _key) = (chain, key);

    /// <summary>The facts of the signer's certificate: validity, key, SHA-256.</summary>
    public ParsedCertificate Certificate => Chain[0];

    /// <summary>The signer's certificate, and those above it that stand in the file.</summary>
    internal ImmutableArray<ParsedCertificate> Chain { get; }

    /// <summary>Loads a pair from PEM. The certificate must be valid now, of a key that can be used, and for signatures; the key must be its own.</summary>
    /// <param name="certificates">The signer's certificate, then those above it; at most 1 MiB and 11 certificates.</param>
    /// <param name="privateKey">Its key, not encrypted (PKCS#8, RFC 8017 or RFC 5915), in a file of its own or the same.</param>
    /// <param name="now">The time.</param>
    /// <param name="pair">The pair, or null.</param>
    /// <param name="error">What is wrong, and where; no error on success.</param>
    public static bool TryParse(
        ReadOnlySpan<byte> certificates,
        ReadOnlySpan<byte> privateKey,
        DateTimeOffset now,
        [NotNullWhen(true)] out SigningKeyPair? pair,
        out KeyPairError error)
    {
        pair = null;
        PrivateKey? key = null;
        error = SigningCertificate.ReadChain(certificates, now, out ImmutableArray<ParsedCertificate> chain);
        if (error.Kind == KeyPairErrorKind.None)
            error = KeyPairReader.ReadPrivateKey(privateKey, chain[0], out key);
        if (key is not null)
            pair = new(chain, SignatureKey.FromPrivateKey(key, chain[0]));
        return pair is not null;
    }

    /// <summary>Whether the certificate is valid at an instant: whoever signs asks first.</summary>
    internal bool IsValidAt(DateTimeOffset now) => KeyPairReader.CheckValidity(Certificate, now).Kind == KeyPairErrorKind.None;

    /// <summary>Signs the hash of the data; the length of the signature.</summary>
    /// <param name="data">All of it.</param>
    /// <param name="destination">At least <see cref="SignatureKey.MaxSignatureBytes"/>.</param>
    internal int Sign(ReadOnlySpan<byte> data, Span<byte> destination) => _key.Sign(data, destination);
}
