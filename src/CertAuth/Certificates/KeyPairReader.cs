using System.Collections.Immutable;
using System.Security.Cryptography;
using CertAuth.Der;

namespace CertAuth.Certificates;

/// <summary>Reads a certificate with those above it, and its private key, from two PEM files, or from one that holds both.</summary>
internal static class KeyPairReader
{
    /// <summary>Largest file, in octets.</summary>
    internal const int MaxBytes = 1024 * 1024;

    /// <summary>Most certificates in a file: a leaf and ten intermediates.</summary>
    internal const int MaxCertificates = 11;

    private const string PrivateKeyLabel = "PRIVATE KEY";

    /// <summary>Reads certificates: the first is the one that counts, and its key can be used.</summary>
    internal static KeyPairError ReadCertificates(ReadOnlySpan<byte> file, out ImmutableArray<ParsedCertificate> certificates)
    {
        certificates = [];
        List<ParsedCertificate> read = [];
        KeyPairError error = ReadBlocks(file, KeyPairFile.Certificate, out IReadOnlyList<PemBlock> blocks);
        foreach (PemBlock block in blocks.Where(block => block.Label is "CERTIFICATE" or "X509 CERTIFICATE"))
        {
            if (error.Kind != KeyPairErrorKind.None)
                break;
            if (read.Count == MaxCertificates)
                error = new(KeyPairErrorKind.TooLarge, KeyPairFile.Certificate, block.Location.Block, null);
            else if (ParsedCertificate.TryParse(block.Data, out ParsedCertificate? certificate, out CertificateError fault))
                read.Add(certificate);
            else
                error = new(KeyPairErrorKind.MalformedCertificate, KeyPairFile.Certificate, block.Location.Block, fault.ToString());
        }

        // One file may hold both.
        Clear(blocks.Where(block => IsPrivateKey(block.Label)));
        if (error.Kind != KeyPairErrorKind.None)
            return error;
        if (read.Count == 0)
            return new(KeyPairErrorKind.NoCertificate, KeyPairFile.Certificate, 0, null);
        if (!HasUsableKey(read[0]))
            return new(KeyPairErrorKind.UnusableKey, KeyPairFile.Certificate, 0, $"It is {read[0].PublicKey}.");

        certificates = [.. read];
        return default;
    }

    /// <summary>Reads the private key of a certificate; on success the caller owns the key.</summary>
    internal static KeyPairError ReadPrivateKey(ReadOnlySpan<byte> file, ParsedCertificate certificate, out PrivateKey? key)
    {
        key = null;
        KeyPairError error = ReadBlocks(file, KeyPairFile.PrivateKey, out IReadOnlyList<PemBlock> blocks);
        try
        {
            return error.Kind == KeyPairErrorKind.None ? ReadPrivateKey(blocks, certificate, out key) : error;
        }
        finally
        {
            Clear(blocks);
        }
    }

    private static KeyPairError ReadPrivateKey(IReadOnlyList<PemBlock> blocks, ParsedCertificate certificate, out PrivateKey? key)
    {
        key = null;
        PemBlock[] keys = [.. blocks.Where(block => IsPrivateKey(block.Label))];
        if (keys is not [PemBlock only])
            return new(KeyPairErrorKind.NoPrivateKey, KeyPairFile.PrivateKey, 0, $"It holds {keys.Length}.");

        key = PrivateKey.Import(only.Label, only.Data, certificate.PublicKey.Kind, out bool isOfOtherKind);
        if (key is null && !isOfOtherKind)
            return new(KeyPairErrorKind.MalformedPrivateKey, KeyPairFile.PrivateKey, only.Location.Block, null);
        if (key?.Matches(certificate) == true)
            return default;

        key?.Dispose();
        key = null;
        return new(KeyPairErrorKind.KeyMismatch, KeyPairFile.PrivateKey, 0, null);
    }

    /// <summary>Whether the certificate is valid at an instant, to the second, both ends included.</summary>
    internal static KeyPairError CheckValidity(ParsedCertificate certificate, DateTimeOffset now)
    {
        if (now < certificate.NotBefore)
            return new(KeyPairErrorKind.NotYetValid, KeyPairFile.Certificate, 0, $"It becomes valid at {certificate.NotBefore:u}; the current time is {now:u}.");
        return now - certificate.NotAfter >= TimeSpan.FromSeconds(1)
            ? new(KeyPairErrorKind.Expired, KeyPairFile.Certificate, 0, $"It expired at {certificate.NotAfter:u}; the current time is {now:u}.")
            : default;
    }

    /// <summary>Whether the key is one that signs and verifies here: RSA with 2048 to 8192 bits, P-256, P-384 or P-521.</summary>
    internal static bool HasUsableKey(ParsedCertificate certificate)
    {
        PublicKeyInfo facts = PublicKeyInfo.Read(certificate.Fields.PublicKey.Slice(certificate.Der.Span), out uint rsaExponent);
        return facts.Kind switch
        {
            PublicKeyKind.Rsa => facts.Bits >= PublicKeyInfo.MinRsaBits && PublicKeyInfo.IsAcceptableRsa(facts.Bits, rsaExponent),
            PublicKeyKind.Ec => facts.Curve is not null,
            _ => false,
        };
    }

    // Blocks of the other kind are passed over, so that one file may hold both.
    private static KeyPairError ReadBlocks(ReadOnlySpan<byte> file, KeyPairFile kind, out IReadOnlyList<PemBlock> blocks)
    {
        blocks = [];
        if (file.Length > MaxBytes)
            return new(KeyPairErrorKind.TooLarge, kind, 0, null);

        if (DerReader.IsSingleSequence(file) || !PemReader.IsPem(file))
            return ErrorOf(FileFormats.Recognize(file), kind);

        blocks = PemReader.Read(file, out PemFault? fault);
        if (blocks.FirstOrDefault(block => block.Label == "ENCRYPTED PRIVATE KEY") is { } encrypted)
            return new(KeyPairErrorKind.EncryptedPrivateKey, kind, encrypted.Location.Block, null);
        if (fault is { Kind: PemFaultKind.EncryptedKey })
            return new(KeyPairErrorKind.EncryptedPrivateKey, kind, fault.Place.Block, null);
        if (fault is not null)
            return new(KeyPairErrorKind.MalformedBlock, kind, fault.Place.Block, null);
        return blocks.FirstOrDefault(block => !IsKnownLabel(block.Label)) is { } unknown
            ? new(KeyPairErrorKind.UnexpectedBlock, kind, unknown.Location.Block, FileFormats.DescribeLabel(unknown.Label))
            : default;
    }

    // A file without PEM blocks is read on: it lacks what is sought in it.
    private static KeyPairError ErrorOf(FileFormat format, KeyPairFile which) => format switch
    {
        FileFormat.Unknown => default,
        FileFormat.EncryptedPrivateKey => new(KeyPairErrorKind.EncryptedPrivateKey, which, 0, null),
        _ => new(KeyPairErrorKind.OtherFormat, which, 0, FileFormats.Describe(format)),
    };

    private static void Clear(IEnumerable<PemBlock> blocks)
    {
        foreach (PemBlock block in blocks)
            CryptographicOperations.ZeroMemory(block.Data);
    }

    // "openssl ecparam -genkey" writes the curve's parameters before the key.
    private static bool IsKnownLabel(string label) => label is "CERTIFICATE" or "X509 CERTIFICATE" or "EC PARAMETERS" || IsPrivateKey(label);

    private static bool IsPrivateKey(string label) => label.EndsWith(PrivateKeyLabel, StringComparison.Ordinal);
}
