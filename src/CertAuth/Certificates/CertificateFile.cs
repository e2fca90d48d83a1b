using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using CertAuth.Der;
using CertAuth.Keys;

namespace CertAuth.Certificates;

/// <summary>Reads a file that holds one certificate, in PEM or DER.</summary>
internal static class CertificateFile
{
    /// <summary>Reads the certificate of a file.</summary>
    /// <exception cref="InvalidDataException">The file does not hold exactly one certificate, or it is malformed.</exception>
    internal static ParsedCertificate Load(string file) => BoundedFile.Load(file, KeyBounds.MaxFileBytes, data =>
        TryRead(data.Span, out ParsedCertificate? certificate, out string? problem)
            ? certificate
            : throw new InvalidDataException($"The certificate file {LogText.Escape(file)} cannot be loaded. {problem}"));

    private static bool TryRead(
        ReadOnlySpan<byte> data, [NotNullWhen(true)] out ParsedCertificate? certificate, [NotNullWhen(false)] out string? problem)
    {
        certificate = null;
        problem = null;
        if (data.Length > KeyBounds.MaxFileBytes)
            problem = "It is larger than 1 MiB.";
        else if (DerReader.IsSingleSequence(data) || !PemReader.IsPem(data))
            problem = ReadDer(data, out certificate);
        else
            problem = ReadPem(data, out certificate);
        return certificate is not null;
    }

    private static string? ReadDer(ReadOnlySpan<byte> data, out ParsedCertificate? certificate)
    {
        if (ParsedCertificate.TryParse(data, out certificate, out CertificateError error))
            return null;

        FileFormat format = FileFormats.Recognize(data);
        string? description = format == FileFormat.Certificate ? null : FileFormats.Describe(format);
        return description is not null ? description : DerReader.IsSingleSequence(data) ? error.ToString() : "It is neither PEM nor DER.";
    }

    private static string? ReadPem(ReadOnlySpan<byte> data, out ParsedCertificate? certificate)
    {
        certificate = null;
        IReadOnlyList<PemBlock> blocks = PemReader.Read(data, out PemFault? fault);

        // The file may also hold the private key.
        foreach (PemBlock block in blocks.Where(block => !IsCertificate(block)))
            CryptographicOperations.ZeroMemory(block.Data);
        if (fault is { Kind: PemFaultKind.Malformed })
            return $"PEM block {fault.Location.Block} is malformed. Each BEGIN line needs a matching END line, with base64 between them.";

        // Nothing after it was read: another certificate may follow.
        if (fault is not null)
            return $"PEM block {fault.Location.Block} is an encrypted private key. Remove it.";

        PemBlock[] certificates = [.. blocks.Where(IsCertificate)];
        return certificates switch
        {
            [PemBlock only] =>
                ParsedCertificate.TryParse(only.Data, out certificate, out CertificateError error) ? null : error.ToString(),
            [] when blocks is [PemBlock other] => FileFormats.DescribeLabel(other.Label) ?? "It holds no certificate.",
            [] => "It holds no certificate.",
            _ => $"It holds {certificates.Length} certificates. Exactly one is expected.",
        };
    }

    private static bool IsCertificate(PemBlock block) => block.Label is "CERTIFICATE" or "X509 CERTIFICATE";
}
