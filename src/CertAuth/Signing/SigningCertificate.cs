using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using CertAuth.Certificates;
using CertAuth.Keys;

namespace CertAuth.Signing;

/// <summary>A certificate whose public key verifies signatures: the public half of a <see cref="SigningKeyPair"/>.</summary>
/// <remarks>The issuer of the certificate is not verified: the application trusts the file. Immutable; safe for concurrent use; there is
/// nothing to dispose.</remarks>
public sealed class SigningCertificate
{
    private readonly VerificationKey _key;
    private readonly SignatureScheme _scheme;

    private SigningCertificate(ParsedCertificate certificate, VerificationKey key) =>
        (Certificate, _key, _scheme) = (certificate, key, SignatureScheme.GetFor(certificate.PublicKey));

    /// <summary>Gets the fields of the certificate, such as its validity, public key and SHA-256.</summary>
    public ParsedCertificate Certificate { get; }

    /// <summary>Reads the first certificate of a PEM file. It must be valid now, have a supported key, and permit digital
    /// signatures.</summary>
    /// <param name="pem">The content of the PEM file, at most 1 MiB and 11 certificates.</param>
    /// <param name="options">The options; null for the defaults.</param>
    /// <param name="certificate">The certificate; null if it cannot be used.</param>
    /// <param name="error">The reason why the certificate cannot be used, and the position of the error.</param>
    /// <returns>true if the certificate can be used; otherwise, false.</returns>
    /// <exception cref="ArgumentException">An option is null.</exception>
    public static bool TryParse(
        ReadOnlySpan<byte> pem,
        SigningOptions? options,
        [NotNullWhen(true)] out SigningCertificate? certificate,
        out KeyPairError error) => TryParseAt(pem, SigningOptions.GetClock(options).GetUtcNow(), out certificate, out error);

    /// <summary>Reads the first certificate of a PEM file. It must be valid now, have a supported key, and permit digital
    /// signatures.</summary>
    /// <param name="pem">The content of the PEM file, at most 1 MiB and 11 certificates.</param>
    /// <param name="options">The options; null for the defaults.</param>
    /// <exception cref="ArgumentException">An option is null.</exception>
    /// <exception cref="FormatException">The certificate cannot be used. The message says why.</exception>
    public static SigningCertificate Parse(ReadOnlySpan<byte> pem, SigningOptions? options = null) =>
        TryParse(pem, options, out SigningCertificate? certificate, out KeyPairError error)
            ? certificate
            : throw new FormatException(error.ToString());

    /// <summary>Loads the first certificate of a PEM file. It must be valid now, have a supported key, and permit digital
    /// signatures.</summary>
    /// <param name="file">The path of the PEM file, which has at most 1 MiB and 11 certificates.</param>
    /// <param name="options">The options; null for the defaults.</param>
    /// <exception cref="ArgumentException">The path is empty, or an option is null.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">Access to the file is denied.</exception>
    /// <exception cref="InvalidDataException">The certificate cannot be used. The message names the file and the reason.</exception>
    public static SigningCertificate LoadFile(string file, SigningOptions? options = null) =>
        BoundedFile.Load(file, KeyBounds.MaxFileBytes, pem =>
            TryParse(pem.Span, options, out SigningCertificate? certificate, out KeyPairError error)
                ? certificate
                : throw new InvalidDataException(error.ToString(LogText.Escape(file))));

    /// <summary>Reads a certificate that must be valid at a given time.</summary>
    internal static bool TryParseAt(
        ReadOnlySpan<byte> pem, DateTimeOffset now, [NotNullWhen(true)] out SigningCertificate? certificate, out KeyPairError error)
    {
        certificate = null;
        error = ReadChain(pem, now, out ImmutableArray<ParsedCertificate> chain);
        if (error.Kind != KeyPairErrorKind.None)
            return false;

        certificate = CreateOrNull(chain[0]);
        if (certificate is null)
            error = new(KeyPairErrorKind.UnusableKey, KeyPairFile.Certificate, 0, "The platform cannot import it.");
        return certificate is not null;
    }

    /// <summary>Imports the key of a certificate, of which nothing else is checked; null if the key cannot be used.</summary>
    internal static SigningCertificate? CreateOrNull(ParsedCertificate certificate) =>
        KeyPolicy.IsUsable(certificate.SubjectPublicKeyInfo)
            && VerificationKey.ImportOrNull(certificate.SubjectPublicKeyInfo) is { } key
            ? new(certificate, key)
            : null;

    /// <summary>Reads certificates. The first must be valid at a given time, have a supported key, and permit digital signatures.</summary>
    internal static KeyPairError ReadChain(ReadOnlySpan<byte> pem, DateTimeOffset now, out ImmutableArray<ParsedCertificate> chain)
    {
        KeyPairError error = KeyPairReader.ReadCertificates(pem, out chain);
        if (error.Kind != KeyPairErrorKind.None)
            return error;

        // RFC 5280, 4.2.1.3: digitalSignature is for signatures on data other than certificates and revocation lists.
        return chain[0].Fields.Extensions.KeyUsage is { } usage && !usage.HasFlag(KeyUsages.DigitalSignature)
            ? new(KeyPairErrorKind.WrongKeyUsage, KeyPairFile.Certificate, 0, null)
            : KeyPairReader.CheckValidity(chain[0], now);
    }

    /// <summary>Returns whether the certificate's key made the signature.</summary>
    internal bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature) => _key.VerifyToken(data, signature, _scheme);
}
