using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using CertAuth.Certificates;
using CertAuth.Keys;

namespace CertAuth.Signing;

/// <summary>A certificate and its private key, with which a proxy signs the facts of its clients' connections.</summary>
/// <remarks>Immutable; safe for concurrent use. There is nothing to dispose: the handle of the key is released when the pair is no longer
/// referenced.</remarks>
public sealed class SigningKeyPair
{
    private readonly PrivateKey _key;
    private readonly SignatureScheme _scheme;

    private SigningKeyPair(ImmutableArray<ParsedCertificate> chain, PrivateKey key) =>
        (Chain, _key, _scheme) = (chain, key, SignatureScheme.GetFor(chain[0].PublicKey));

    /// <summary>Gets the fields of the signer's certificate, such as its validity, public key and SHA-256.</summary>
    public ParsedCertificate Certificate => Chain[0];

    /// <summary>Gets the signer's certificate, followed by the issuers that the file contains.</summary>
    internal ImmutableArray<ParsedCertificate> Chain { get; }

    /// <summary>Reads a certificate and its private key. The certificate must be valid now, have a supported key, and permit digital
    /// signatures.</summary>
    /// <param name="certificatesPem">The certificates: PEM, the signer's certificate first, then its issuers; at most 1 MiB and 11
    /// certificates.</param>
    /// <param name="keyPem">The private key: PEM, not encrypted (PKCS #8, RFC 8017 or RFC 5915), at most 1 MiB. It may equal
    /// <paramref name="certificatesPem"/>.</param>
    /// <param name="options">The options; null for the defaults.</param>
    /// <param name="pair">The key pair; null if it cannot be used.</param>
    /// <param name="error">The reason why the key pair cannot be used, and the position of the error.</param>
    /// <returns>true if the key pair can be used; otherwise, false.</returns>
    /// <exception cref="ArgumentException">An option is null.</exception>
    public static bool TryParse(
        ReadOnlySpan<byte> certificatesPem,
        ReadOnlySpan<byte> keyPem,
        SigningOptions? options,
        [NotNullWhen(true)] out SigningKeyPair? pair,
        out KeyPairError error) => TryParseAt(certificatesPem, keyPem, SigningOptions.GetClock(options).GetUtcNow(), out pair, out error);

    /// <summary>Reads a certificate and its private key. The certificate must be valid now, have a supported key, and permit digital
    /// signatures.</summary>
    /// <param name="certificatesPem">The certificates: PEM, the signer's certificate first, then its issuers; at most 1 MiB and 11
    /// certificates.</param>
    /// <param name="keyPem">The private key: PEM, not encrypted (PKCS #8, RFC 8017 or RFC 5915), at most 1 MiB. It may equal
    /// <paramref name="certificatesPem"/>.</param>
    /// <param name="options">The options; null for the defaults.</param>
    /// <exception cref="ArgumentException">An option is null.</exception>
    /// <exception cref="FormatException">The key pair cannot be used. The message says why.</exception>
    public static SigningKeyPair Parse(
        ReadOnlySpan<byte> certificatesPem, ReadOnlySpan<byte> keyPem, SigningOptions? options = null) =>
        TryParse(certificatesPem, keyPem, options, out SigningKeyPair? pair, out KeyPairError error)
            ? pair
            : throw new FormatException(error.ToString());

    /// <summary>Loads a certificate and its private key. The certificate must be valid now, have a supported key, and permit digital
    /// signatures.</summary>
    /// <param name="certificateFile">The path of the certificates: PEM, the signer's certificate first, then its issuers; at most 1 MiB and
    /// 11 certificates.</param>
    /// <param name="keyFile">The path of the private key: PEM, not encrypted (PKCS #8, RFC 8017 or RFC 5915), at most 1 MiB. It may equal
    /// <paramref name="certificateFile"/>.</param>
    /// <param name="options">The options; null for the defaults.</param>
    /// <exception cref="ArgumentException">A path is empty, or an option is null.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">Access to a file is denied.</exception>
    /// <exception cref="InvalidDataException">The key pair cannot be used. The message names the file and the reason.</exception>
    public static SigningKeyPair LoadFile(string certificateFile, string keyFile, SigningOptions? options = null) =>
        BoundedFile.Load(certificateFile, KeyBounds.MaxFileBytes, certificates =>
            BoundedFile.Load(keyFile, KeyBounds.MaxFileBytes, key =>
                TryParse(certificates.Span, key.Span, options, out SigningKeyPair? pair, out KeyPairError error)
                    ? pair
                    : throw new InvalidDataException(error.ToString(LogText.Escape(certificateFile), LogText.Escape(keyFile)))));

    /// <summary>Reads a certificate, which must be valid at a given time, and its private key.</summary>
    internal static bool TryParseAt(
        ReadOnlySpan<byte> certificatesPem,
        ReadOnlySpan<byte> keyPem,
        DateTimeOffset now,
        [NotNullWhen(true)] out SigningKeyPair? pair,
        out KeyPairError error)
    {
        pair = null;
        PrivateKey? key = null;
        error = SigningCertificate.ReadChain(certificatesPem, now, out ImmutableArray<ParsedCertificate> chain);
        if (error.Kind == KeyPairErrorKind.None)
            error = KeyPairReader.ReadPrivateKey(keyPem, chain[0], out key);
        if (key is not null)
            pair = new(chain, key);
        return pair is not null;
    }

    /// <summary>Returns whether the certificate is valid at a given time. <see cref="Sign"/> does not check this.</summary>
    internal bool IsValidAt(DateTimeOffset now) => KeyPairReader.CheckValidity(Certificate, now).Kind == KeyPairErrorKind.None;

    /// <summary>Signs data.</summary>
    /// <param name="data">The data, not hashed.</param>
    /// <param name="destination">The buffer for the signature, at least <see cref="KeyBounds.MaxSignatureBytes"/> long.</param>
    /// <returns>The length of the signature in bytes.</returns>
    internal int Sign(ReadOnlySpan<byte> data, Span<byte> destination) => _key.Sign(data, destination, _scheme);
}
