using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using CertAuth.Certificates;

namespace CertAuth.Tool.Certificates;

/// <summary>What a client presents: a certificate, and the others of its file, as a PEM with its chain has them.</summary>
internal sealed record CertificateFile(ParsedCertificate Leaf, ImmutableArray<ReadOnlyMemory<byte>> Others)
{
    private const string BeginCertificate = "-----BEGIN CERTIFICATE-----";

    private const string EndCertificate = "-----END CERTIFICATE-----";

    /// <summary>Reads PEM, where the first certificate is the leaf and keys are passed over, or DER.</summary>
    /// <param name="content">The file.</param>
    /// <param name="file">What it holds, or null.</param>
    /// <param name="problem">Why it holds no certificate: the end of a sentence that begins with the file's name.</param>
    internal static bool TryRead(ReadOnlySpan<byte> content, [NotNullWhen(true)] out CertificateFile? file, [NotNullWhen(false)] out string? problem)
    {
        file = null;
        if (!TryReadAll(content, out ImmutableArray<ReadOnlyMemory<byte>> all, out problem))
            return false;

        if (ParsedCertificate.TryParse(all[0].Span, out ParsedCertificate? leaf, out CertificateError error))
            file = new(leaf, all[1..]);
        else
            problem = $"has a certificate that can't be read. {error}";
        return file is not null;
    }

    /// <summary>All certificates of a PEM file, or the one of a DER file; at least one.</summary>
    internal static bool TryReadAll(ReadOnlySpan<byte> content, out ImmutableArray<ReadOnlyMemory<byte>> certificates, [NotNullWhen(false)] out string? problem)
    {
        // ASCII is all that counts; a commentary may have any encoding.
        string text = Encoding.Latin1.GetString(content);
        if (!text.Contains("-----BEGIN ", StringComparison.Ordinal))
        {
            certificates = [content.ToArray()];
            problem = content is [0x30, ..] ? null : "has no certificate: neither PEM nor DER.";
            return problem is null;
        }

        certificates = [.. FindBlocks(text)];
        int begun = text.AsSpan().Count(BeginCertificate);
        problem = certificates.Length < begun ? "has a certificate whose PEM is broken: a BEGIN line needs base64 and its END line."
            : certificates.Length > 0 ? null
            : text.Contains("ENCRYPTED", StringComparison.Ordinal) ? "has an encrypted private key and no certificate: name the certificate's file."
            : text.Contains("PRIVATE KEY-----", StringComparison.Ordinal) ? "has a private key and no certificate: name the certificate's file."
            : "has no certificate: there is no BEGIN CERTIFICATE in it.";
        return problem is null;
    }

    // From one BEGIN line to the next END line, with the character on either side, which must be white space. Each is looked at alone: sought in the whole text,
    // a BEGIN without its END costs all that follows, again and again.
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
