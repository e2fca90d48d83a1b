using System.CommandLine;
using System.Text.Json.Nodes;
using CertAuth.Certificates;
using CertAuth.Names;
using CertAuth.Requirements;
using CertAuth.Tool.Certificates;
using CertAuth.Tool.Cli;

namespace CertAuth.Tool.Commands;

/// <summary>The command that shows a certificate and the REQUIRE clause that it meets.</summary>
internal static class ShowCommand
{
    internal static Command Create(ToolEnvironment environment)
    {
        Argument<string> certificate = new("CERT") { Description = "The certificate, PEM or DER; - reads standard input." };
        Option<NameFormatOption> nameFormat = new("--name-format")
        {
            Description = "The format of subject and issuer. The clause is always canonical.",
            HelpName = "canonical|openssl3|tidb",
            DefaultValueFactory = _ => NameFormatOption.Canonical,
        };
        nameFormat.AcceptOnlyFromAmong("canonical", "openssl3", "tidb");
        Option<DateTimeOffset?> at = CommonOptions.CreateTimeOption();
        return new Command("show", "Shows a certificate, the strictest REQUIRE clause that it meets, options that pin it, and warnings.")
        {
            certificate, nameFormat, at,
        }.WithReport(
                environment,
                parsed => Show(
                    environment.Input.ReadCertificate(parsed.GetRequiredValue(certificate)).Leaf,
                    (NameFormat)parsed.GetValue(nameFormat),
                    parsed.GetClock(at, environment).GetUtcNow(),
                    environment.Style),
                "certauth show client.pem",
                "openssl x509 -in client.pem -outform der | certauth show - --format json",
                "certauth show client.pem --name-format openssl3");
    }

    private static Report Show(ParsedCertificate certificate, NameFormat format, DateTimeOffset now, Style style)
    {
        SuggestedClause clause = SuggestedClause.Create(certificate);
        CertificateWarning[] warnings = [.. CertificateWarnings.Find(certificate, clause.Requirement, now)];
        SubjectAlternativeName[] names = [.. certificate.GetSubjectAlternativeNames()];
        RequirementOption[] pins = PinOptions.Create(certificate);

        Report report = new(ToJson(certificate, names, clause, pins, warnings));
        report.AddRows(
            style,
            [
                ("subject", FormatForTerminal(certificate.SubjectDer, format)),
                ("issuer", FormatForTerminal(certificate.IssuerDer, format)),
                .. names.Select((name, i) => (i == 0 ? "names" : "", TerminalText.Escape(name.ToString()))),
                ("valid from", TerminalText.FormatTime(certificate.NotBefore)),
                ("until", TerminalText.FormatTime(certificate.NotAfter)),
                ("key", certificate.PublicKey.ToString()),
                ("signature", certificate.SignatureAlgorithm.ToString()),
                ("serial", Hex(certificate.SerialNumber)),
                ("SHA-256", Hex(certificate.Sha256)),
            ]);
        report.Lines.Add("");
        report.Lines.Add(clause.Requirement is { } requirement
            ? TerminalText.EscapeClause(requirement.ToString())
            : style.Bad($"No clause: {TerminalText.Escape(clause.Problem!)}"));
        string heading = certificate.IsCertificateAuthority
            ? "The option that requires this CA as the issuer:"
            : "Options that pin the certificate or its key:";
        report.Lines.AddRange(["", heading, .. pins.Select(pin => pin.ToString())]);
        if (warnings.Length > 0)
            report.Lines.Add("");
        foreach (CertificateWarning warning in warnings)
            report.Lines.Add($"{style.Warning("warning:")} {TerminalText.Escape(warning.Text)}");
        return report;
    }

    private static JsonObject ToJson(
        ParsedCertificate certificate,
        SubjectAlternativeName[] names,
        SuggestedClause clause,
        RequirementOption[] pins,
        CertificateWarning[] warnings) => new()
        {
            ["subject"] = FormatAll(certificate.SubjectDer),
            ["issuer"] = FormatAll(certificate.IssuerDer),
            ["names"] = new JsonArray([.. names.Select(name => JsonValue.Create(name.ToString()))]),
            ["not_before"] = TerminalText.FormatTime(certificate.NotBefore),
            ["not_after"] = TerminalText.FormatTime(certificate.NotAfter),
            ["key"] = certificate.PublicKey.ToString(),
            ["signature"] = certificate.SignatureAlgorithm.ToString(),
            ["version"] = certificate.Version,
            ["is_ca"] = certificate.IsCertificateAuthority,
            ["serial"] = Hex(certificate.SerialNumber),
            ["sha256"] = Hex(certificate.Sha256),
            ["public_key_sha256"] = Hex(certificate.PublicKeySha256),
            ["clause"] = clause.Requirement?.ToString(),
            ["clause_problem"] = clause.Problem,
            ["pins"] = new JsonArray([.. pins.Select(pin => JsonValue.Create(pin.ToString()))]),
            ["warnings"] = new JsonArray(
                [.. warnings.Select(warning => new JsonObject { ["kind"] = warning.Kind, ["text"] = warning.Text })]),
        };

    private static JsonObject FormatAll(ReadOnlyMemory<byte> name) => new()
    {
        ["canonical"] = FormatOrNull(name, NameFormat.Canonical),
        ["openssl3"] = FormatOrNull(name, NameFormat.OpenSsl3),
        ["tidb"] = FormatOrNull(name, NameFormat.Tidb),
    };

    private static string? FormatOrNull(ReadOnlyMemory<byte> name, NameFormat format) =>
        DistinguishedName.TryFormatDer(name.Span, format, out string? text, out _) ? text : null;

    private static string FormatForTerminal(ReadOnlyMemory<byte> name, NameFormat format) =>
        !DistinguishedName.TryFormatDer(name.Span, format, out string? text, out NameError error) ? $"(malformed: {error})"
        : text.Length == 0 ? "(empty)"
        : TerminalText.Escape(text);

    private static string Hex(ReadOnlyMemory<byte> bytes) => Convert.ToHexStringLower(bytes.Span);

    private enum NameFormatOption
    {
        Canonical = NameFormat.Canonical,
        OpenSsl3 = NameFormat.OpenSsl3,
        Tidb = NameFormat.Tidb,
    }
}
