using System.CommandLine;
using System.Text.Json.Nodes;
using CertAuth.Certificates;
using CertAuth.Names;
using CertAuth.Tool.Certificates;
using CertAuth.Tool.Cli;

namespace CertAuth.Tool.Commands;

/// <summary>Shows a certificate as a login sees it, and the REQUIRE clause that it meets.</summary>
internal static class ShowCommand
{
    internal static Command Create(ToolHost host)
    {
        Argument<string> certificate = new("CERT") { Description = "the certificate, PEM or DER; - for standard input" };
        Option<NameForm> nameForm = new("--name-form")
        {
            Description = "how subject and issuer are shown; the clause is always canonical",
            HelpName = "canonical|openssl3|tidb",
            DefaultValueFactory = _ => NameForm.Canonical,
        };
        nameForm.AcceptOnlyFromAmong("canonical", "openssl3", "tidb");
        Option<DateTimeOffset?> at = CommonOptions.At();
        return new Command("show", "Shows a certificate, warns of what will surprise, and prints the REQUIRE clause that it meets.") { certificate, nameForm, at }
            .Reports(
                host,
                parsed => Show(
                    host.Input.ReadCertificate(parsed.GetRequiredValue(certificate)).Leaf,
                    (NameFormat)parsed.GetValue(nameForm),
                    parsed.ClockOf(at, host).GetUtcNow(),
                    host.Style),
                "certauth show client.pem",
                "openssl x509 -in client.pem -outform der | certauth show - --format json",
                "certauth show client.pem --name-form openssl3");
    }

    private static Report Show(ClientCertificate certificate, NameFormat form, DateTimeOffset now, Style style)
    {
        X509Facts facts = X509Facts.Of(certificate);
        FittingClause clause = FittingClause.Of(certificate);
        CertificateWarning[] warnings = [.. CertificateWarnings.Find(certificate, facts, clause.Requirement, now)];
        SubjectAlternativeName[] names = [.. certificate.GetSubjectAlternativeNames()];

        Report report = new(ToJson(certificate, facts, names, clause, warnings));
        report.AddRows(
            style,
            [
                ("subject", Describe(certificate.SubjectDer, form)),
                ("issuer", Describe(certificate.IssuerDer, form)),
                .. names.Select((name, i) => (i == 0 ? "names" : "", Shown.Safe(name.ToString()))),
                ("valid from", Shown.Time(certificate.NotBefore)),
                ("until", Shown.Time(certificate.NotAfter)),
                ("key", certificate.PublicKey.ToString()),
                ("signature", facts.Signature),
                ("serial", Hex(certificate.SerialNumber)),
                ("SHA-256", Hex(certificate.Sha256)),
            ]);
        report.Lines.Add("");
        report.Lines.Add(clause.Requirement is { } requirement ? Shown.Clause(requirement.ToString()) : style.Bad($"No clause: {Shown.Safe(clause.Problem!)}."));
        if (warnings.Length > 0)
            report.Lines.Add("");
        foreach (CertificateWarning warning in warnings)
            report.Lines.Add($"{style.Warning("warning:")} {Shown.Safe(warning.Text)}");
        return report;
    }

    private static JsonObject ToJson(
        ClientCertificate certificate, X509Facts facts, SubjectAlternativeName[] names, FittingClause clause, CertificateWarning[] warnings) => new()
        {
            ["subject"] = FormsOf(certificate.SubjectDer),
            ["issuer"] = FormsOf(certificate.IssuerDer),
            ["names"] = new JsonArray([.. names.Select(name => JsonValue.Create(name.ToString()))]),
            ["not_before"] = Shown.Time(certificate.NotBefore),
            ["not_after"] = Shown.Time(certificate.NotAfter),
            ["key"] = certificate.PublicKey.ToString(),
            ["signature"] = facts.Signature,
            ["version"] = facts.Version,
            ["is_ca"] = facts.IsCa,
            ["serial"] = Hex(certificate.SerialNumber),
            ["sha256"] = Hex(certificate.Sha256),
            ["clause"] = clause.Requirement?.ToString(),
            ["no_clause_because"] = clause.Problem,
            ["warnings"] = new JsonArray([.. warnings.Select(warning => new JsonObject { ["kind"] = warning.Kind, ["text"] = warning.Text })]),
        };

    private static JsonObject FormsOf(ReadOnlyMemory<byte> name) => new()
    {
        ["canonical"] = TryFormat(name, NameFormat.Canonical),
        ["openssl3"] = TryFormat(name, NameFormat.OpenSsl3),
        ["tidb"] = TryFormat(name, NameFormat.Tidb),
    };

    private static string? TryFormat(ReadOnlyMemory<byte> name, NameFormat form) =>
        DistinguishedName.TryFormatDer(name.Span, form, out string? text, out _) ? text : null;

    private static string Describe(ReadOnlyMemory<byte> name, NameFormat form) =>
        !DistinguishedName.TryFormatDer(name.Span, form, out string? text, out NameError error) ? $"(malformed: {error})"
        : text.Length == 0 ? "(empty)"
        : Shown.Safe(text);

    private static string Hex(ReadOnlyMemory<byte> octets) => Convert.ToHexStringLower(octets.Span);

    private enum NameForm
    {
        Canonical = NameFormat.Canonical,
        OpenSsl3 = NameFormat.OpenSsl3,
        Tidb = NameFormat.Tidb,
    }
}
