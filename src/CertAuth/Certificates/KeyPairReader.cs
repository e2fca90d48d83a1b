using System.Collections.Immutable;
using System.Security.Cryptography;
using CertAuth.Der;
using CertAuth.Keys;

namespace CertAuth.Certificates;

/// <summary>Reads a certificate, the certificates of its issuers and its private key from two PEM files, or from one file with
/// both.</summary>
internal static class KeyPairReader
{
    private const string PrivateKeyLabelSuffix = "PRIVATE KEY";

    /// <summary>Reads the certificates of a file. The first one is the leaf, and its key must be usable.</summary>
    internal static KeyPairError ReadCertificates(ReadOnlySpan<byte> file, out ImmutableArray<ParsedCertificate> certificates)
    {
        certificates = [];
        List<ParsedCertificate> read = [];
        KeyPairError error = ReadBlocks(file, KeyPairFile.Certificate, out IReadOnlyList<PemBlock> blocks);
        foreach (PemBlock block in blocks.Where(block => block.Label is "CERTIFICATE" or "X509 CERTIFICATE"))
        {
            if (error.Kind != KeyPairErrorKind.None)
                break;
            if (read.Count == KeyBounds.MaxFileCertificates)
                error = new(KeyPairErrorKind.TooLarge, KeyPairFile.Certificate, block.Location.Block, null);
            else if (ParsedCertificate.TryParse(block.Data, out ParsedCertificate? certificate, out CertificateError fault))
                read.Add(certificate);
            else
                error = new(KeyPairErrorKind.MalformedCertificate, KeyPairFile.Certificate, block.Location.Block, fault.ToString());
        }

        // The file may also hold the private key.
        Clear(blocks.Where(block => IsPrivateKey(block.Label)));
        if (error.Kind != KeyPairErrorKind.None)
            return error;
        if (read.Count == 0)
            return new(KeyPairErrorKind.NoCertificate, KeyPairFile.Certificate, 0, null);
        if (!KeyPolicy.IsUsable(read[0].SubjectPublicKeyInfo))
            return new(KeyPairErrorKind.UnusableKey, KeyPairFile.Certificate, 0, $"It is {read[0].PublicKey}.");

        certificates = [.. read];
        return default;
    }

    /// <summary>Reads the private key of a certificate. On success the caller owns the key.</summary>
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

        key = PrivateKey.Import(only.Label, only.Data, certificate.PublicKey.Kind, out bool isOtherKind);
        if (key is null && !isOtherKind)
            return new(KeyPairErrorKind.MalformedPrivateKey, KeyPairFile.PrivateKey, only.Location.Block, null);
        if (key?.Matches(certificate.SubjectPublicKeyInfo) == true)
            return default;

        key?.Dispose();
        key = null;
        return new(KeyPairErrorKind.KeyMismatch, KeyPairFile.PrivateKey, 0, null);
    }

    /// <summary>Checks whether the certificate is valid at an instant. Both ends of the validity are inclusive, to the second.</summary>
    internal static KeyPairError CheckValidity(ParsedCertificate certificate, DateTimeOffset now)
    {
        KeyPairErrorKind kind = !certificate.Validity.HasBegun(now) ? KeyPairErrorKind.NotYetValid
            : certificate.Validity.HasEnded(now) ? KeyPairErrorKind.Expired
            : KeyPairErrorKind.None;
        return kind switch
        {
            KeyPairErrorKind.None => default,
            KeyPairErrorKind.NotYetValid =>
                new(kind, KeyPairFile.Certificate, 0, $"It becomes valid at {certificate.NotBefore:u}; the current time is {now:u}."),
            _ => new(kind, KeyPairFile.Certificate, 0, $"It expired at {certificate.NotAfter:u}; the current time is {now:u}."),
        };
    }

    // Both kinds of block are accepted, so that one file may hold both. The caller ignores the other kind.
    private static KeyPairError ReadBlocks(ReadOnlySpan<byte> file, KeyPairFile kind, out IReadOnlyList<PemBlock> blocks)
    {
        blocks = [];
        if (file.Length > KeyBounds.MaxFileBytes)
            return new(KeyPairErrorKind.TooLarge, kind, 0, null);

        if (DerReader.IsSingleSequence(file) || !PemReader.IsPem(file))
            return GetFormatError(FileFormats.Recognize(file), kind);

        blocks = PemReader.Read(file, out PemFault? fault);
        if (blocks.FirstOrDefault(block => block.Label == "ENCRYPTED PRIVATE KEY") is { } encrypted)
            return new(KeyPairErrorKind.EncryptedPrivateKey, kind, encrypted.Location.Block, null);
        if (fault is { Kind: PemFaultKind.EncryptedKey })
            return new(KeyPairErrorKind.EncryptedPrivateKey, kind, fault.Location.Block, null);
        if (fault is not null)
            return new(KeyPairErrorKind.MalformedBlock, kind, fault.Location.Block, null);
        return blocks.FirstOrDefault(block => !IsKnownLabel(block.Label)) is { } unknown
            ? new(KeyPairErrorKind.UnexpectedBlock, kind, unknown.Location.Block, FileFormats.DescribeLabel(unknown.Label))
            : default;
    }

    // A file of an unknown format has no PEM blocks. The caller reports what is missing.
    private static KeyPairError GetFormatError(FileFormat format, KeyPairFile which) => format switch
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

    // "openssl ecparam -genkey" writes the parameters of the curve before the key.
    private static bool IsKnownLabel(string label) =>
        label is "CERTIFICATE" or "X509 CERTIFICATE" or "EC PARAMETERS" || IsPrivateKey(label);

    private static bool IsPrivateKey(string label) => label.EndsWith(PrivateKeyLabelSuffix, StringComparison.Ordinal);
}
