using System.Text.Json.Nodes;
using CertAuth.Certificates;
using CertAuth.Names;
using CertAuth.Testing;
using CertAuth.Tool.Authorities;
using CertAuth.Tool.Certificates;
using CertAuth.Tool.Cli;

namespace CertAuth.Tool.Commands;

/// <summary>Reports an issued certificate and its files.</summary>
internal static class IssuedReport
{
    internal static Report Create(TestCertificate issued, IReadOnlyList<string> files, BundleNote note, Style style)
    {
        if (!ParsedCertificate.TryParse(issued.Der.Span, out ParsedCertificate? certificate, out CertificateError error))
            throw new UserErrorException($"CertAuth cannot read the issued certificate: {TerminalText.Escape(error.ToString())}");

        SubjectAlternativeName[] names = [.. certificate.GetSubjectAlternativeNames()];
        Report report = new(new()
        {
            ["subject"] = FormatName(certificate.SubjectDer),
            ["issuer"] = FormatName(certificate.IssuerDer),
            ["names"] = new JsonArray([.. names.Select(name => JsonValue.Create(name.ToString()))]),
            ["not_before"] = TerminalText.FormatTime(certificate.NotBefore),
            ["not_after"] = TerminalText.FormatTime(certificate.NotAfter),
            ["key"] = certificate.PublicKey.ToString(),
            ["serial"] = Hex(certificate.SerialNumber),
            ["sha256"] = Hex(certificate.Sha256),
            ["files"] = new JsonArray([.. files.Select(file => JsonValue.Create(file))]),
            ["bundle"] = note.Bundle,
        });
        report.AddRows(
            style,
            [
                ("subject", TerminalText.Escape(FormatName(certificate.SubjectDer))),
                ("issuer", TerminalText.Escape(FormatName(certificate.IssuerDer))),
                .. names.Select((name, i) => (i == 0 ? "names" : "", TerminalText.Escape(name.ToString()))),
                ("valid from", TerminalText.FormatTime(certificate.NotBefore)),
                ("until", TerminalText.FormatTime(certificate.NotAfter)),
                ("key", certificate.PublicKey.ToString()),
                ("serial", Hex(certificate.SerialNumber)),
                ("SHA-256", Hex(certificate.Sha256)),
                .. files.Select((file, i) => (i == 0 ? "written" : "", InputFiles.GetDisplayName(file))),
            ]);
        report.Lines.Add("");
        report.Lines.AddRange(note.Lines);
        return report;
    }

    private static string FormatName(ReadOnlyMemory<byte> name) =>
        DistinguishedName.TryFormatDer(name.Span, NameFormat.Canonical, out string? text, out _) && text.Length > 0
            ? text
            : "(empty)";

    private static string Hex(ReadOnlyMemory<byte> bytes) => Convert.ToHexStringLower(bytes.Span);
}
