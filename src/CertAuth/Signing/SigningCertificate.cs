using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using CertAuth.Certificates;

namespace CertAuth.Signing;

/// <summary>The public half of a signing pair: a certificate whose key verifies signatures.</summary>
/// <remarks>That it is the right one is the host's word: whoever writes the file is trusted. Immutable; safe for concurrent use; nothing to
/// dispose.</remarks>
public sealed class SigningCertificate
{
    private readonly SignatureKey _key;

    private SigningCertificate(ParsedCertificate certificate, SignatureKey key) => (Certificate, _key) = (certificate, key);

    /// <summary>The certificate's facts: validity, key, SHA-256.</summary>
    public ParsedCertificate Certificate { get; }

    /// <summary>Loads the first certificate of a PEM file. It must be valid now, of a key that can be used, and for signatures.</summary>
    /// <param name="file">PEM, at most 1 MiB.</param>
    /// <param name="now">The time.</param>
    /// <param name="certificate">The certificate, or null.</param>
    /// <param name="error">What is wrong, and where; no error on success.</param>
    public static bool TryParse(
        ReadOnlySpan<byte> file, DateTimeOffset now, [NotNullWhen(true)] out SigningCertificate? certificate, out KeyPairError error)
    {
        certificate = null;
        error = ReadChain(file, now, out ImmutableArray<ParsedCertificate> chain);
        if (error.Kind != KeyPairErrorKind.None)
            return false;

        if (SignatureKey.Import(chain[0]) is { } key)
            certificate = new(chain[0], key);
        else
            error = new(KeyPairErrorKind.UnusableKey, KeyPairFile.Certificate, 0, "The platform cannot import it.");
        return certificate is not null;
    }

    internal static KeyPairError ReadChain(ReadOnlySpan<byte> file, DateTimeOffset now, out ImmutableArray<ParsedCertificate> chain)
    {
        KeyPairError error = KeyPairReader.ReadCertificates(file, out chain);
        if (error.Kind != KeyPairErrorKind.None)
            return error;

        // RFC 5280, 4.2.1.3: digitalSignature is for signatures on other things than certificates and revocation lists.
        return chain[0].Fields.Extensions.KeyUsage is { } usage && !usage.HasFlag(KeyUsages.DigitalSignature)
            ? new(KeyPairErrorKind.WrongKeyUsage, KeyPairFile.Certificate, 0, null)
            : KeyPairReader.CheckValidity(chain[0], now);
    }

    /// <summary>Whether the certificate's key made the signature.</summary>
    internal bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature) => _key.Verify(data, signature);
}
