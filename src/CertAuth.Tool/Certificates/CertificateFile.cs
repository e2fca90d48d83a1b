using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using CertAuth.Certificates;

namespace CertAuth.Tool.Certificates;

/// <summary>The certificates of a file: the leaf, and the certificates after it, such as its intermediates.</summary>
/// <param name="Leaf">The first certificate.</param>
/// <param name="Others">The certificates after the first one, DER-encoded.</param>
internal sealed record CertificateFile(ParsedCertificate Leaf, ImmutableArray<ReadOnlyMemory<byte>> Others)
{
    private const string BeginCertificate = "-----BEGIN CERTIFICATE-----";

    private const string EndCertificate = "-----END CERTIFICATE-----";

    /// <summary>Reads PEM or DER. In PEM, the first certificate is the leaf, and keys are ignored.</summary>
    /// <param name="content">The content of the file.</param>
    /// <param name="file">The certificates, or null.</param>
    /// <param name="problem">The reason why the file cannot be used, as the end of a sentence that begins with the file name.</param>
    internal static bool TryRead(
        ReadOnlySpan<byte> content, [NotNullWhen(true)] out CertificateFile? file, [NotNullWhen(false)] out string? problem)
    {
        file = null;
        if (!TryReadAll(content, out ImmutableArray<ReadOnlyMemory<byte>> all, out problem))
            return false;

        if (ParsedCertificate.TryParse(all[0].Span, out ParsedCertificate? leaf, out CertificateError error))
            file = new(leaf, all[1..]);
        else
            problem = $"contains a certificate that cannot be read. {error}";
        return file is not null;
    }

    /// <summary>Reads all certificates of a PEM file, or the certificate of a DER file. There is at least one.</summary>
    internal static bool TryReadAll(
        ReadOnlySpan<byte> content, out ImmutableArray<ReadOnlyMemory<byte>> certificates, [NotNullWhen(false)] out string? problem)
    {
        // PEM blocks are ASCII; explanatory text around them may have any encoding.
        string text = Encoding.Latin1.GetString(content);
        if (!text.Contains("-----BEGIN ", StringComparison.Ordinal))
        {
            certificates = [content.ToArray()];
            problem = content is [0x30, ..] ? null : "contains no certificate; expected PEM or DER.";
            return problem is null;
        }

        certificates = [.. FindBlocks(text)];
        int begun = text.AsSpan().Count(BeginCertificate);
        problem = certificates.Length < begun
            ? "contains a certificate with malformed PEM; a BEGIN line must be followed by base64 and an END line."
            : certificates.Length > 0 ? null
            : text.Contains("ENCRYPTED", StringComparison.Ordinal)
            ? "contains an encrypted private key and no certificate; specify the certificate file."
            : text.Contains("PRIVATE KEY-----", StringComparison.Ordinal)
            ? "contains a private key and no certificate; specify the certificate file."
            : "contains no certificate: it has no BEGIN CERTIFICATE line.";
        return problem is null;
    }

    // Each block extends from a BEGIN line to the next END line, plus one character on either side, which must be white space. The blocks
    // are parsed one by one: on the whole text, PemEncoding.TryFind takes quadratic time if many BEGIN lines have no END line.
    private static IEnumerable<ReadOnlyMemory<byte>> FindBlocks(string text)
    {
        int begin, end;
        for (int at = 0; (begin = text.IndexOf(BeginCertificate, at, StringComparison.Ordinal)) >= 0; at = end)
        {
            int endLine = text.IndexOf(EndCertificate, begin, StringComparison.Ordinal);
            if (endLine < 0)
                yield break;

            end = endLine + EndCertificate.Length;
            string block = text[Math.Max(begin - 1, 0)..Math.Min(end + 1, text.Length)];
            if (block.AsSpan().Count("-----BEGIN ") == 1 && PemEncoding.TryFind(block, out PemFields fields))
                yield return Convert.FromBase64String(block[fields.Base64Data]);
        }
    }
}
