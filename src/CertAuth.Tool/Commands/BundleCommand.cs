using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json.Nodes;
using CertAuth.Certificates;
using CertAuth.Tool.Certificates;
using CertAuth.Tool.Cli;
using CertAuth.Tool.Writing;
using CertAuth.Trust;

namespace CertAuth.Tool.Commands;

/// <summary>The command that lists the CA certificates of a trust bundle or combines bundles.</summary>
internal static class BundleCommand
{
    // Enough to distinguish the few certificates of a bundle.
    private const int Sha256PrefixDigits = 16;

    internal static Command Create(ToolEnvironment environment)
    {
        Argument<string> bundle = new("BUNDLE") { Description = "The CA certificates: PEM, DER or PKCS #7; - reads standard input." };
        Option<string[]> add = CommonOptions.CreateFilesOption(
            "--add", "The bundles to combine with BUNDLE, without duplicates; prints the combined PEM.");
        Option<string?> output = new("--output")
        {
            Description = "The file for the combined PEM; the list is then printed. - prints the PEM.",
            HelpName = "FILE",
        };
        Option<bool> force = new("--force") { Description = "Replace an existing output file." };
        Option<DateTimeOffset?> at = CommonOptions.CreateTimeOption();
        return new Command("bundle", "Lists the CA certificates of a trust bundle with warnings, or combines bundles for a CA rotation.")
            { bundle, add, output, force, at }
            .WithReport(
                environment,
                parsed =>
                {
                    TimeProvider clock = parsed.GetClock(at, environment);
                    TrustBundle first = environment.Input.ReadBundle(parsed.GetRequiredValue(bundle), [], clock);
                    string[] added = parsed.GetRequiredValue(add);
                    string? path = parsed.GetValue(output) is { } named && named != "-" ? named : null;
                    if (added.Length == 0)
                    {
                        return path is null
                            ? List(first, environment.Style)
                            : throw new UserErrorException("--output requires --add, the bundles to combine.");
                    }

                    IEnumerable<TrustBundle> others = added.Select(file => environment.Input.ReadBundle(file, [], clock));
                    (TrustBundle combined, string pem) = CombinedBundle.Create([first, .. others], clock);
                    OverwriteMode overwriteMode = parsed.GetValue(force) ? OverwriteMode.Replace : OverwriteMode.Fail;
                    return path is null
                        ? Print(combined, pem, environment)
                        : Write(combined, pem, path, overwriteMode, environment.Style);
                },
                "certauth bundle ca.pem",
                "certauth bundle old-ca.pem --add new-ca.pem --output ca.pem");
    }

    private static Report List(TrustBundle bundle, Style style)
    {
        ImmutableArray<TrustWarning> warnings = bundle.GetWarnings();
        Report report = new(ToJson(bundle, warnings));
        report.AddTable(style, ["SUBJECT", "KEY", "VALID FROM", "UNTIL", "SHA-256"], [.. bundle.Anchors.Select(anchor => new[]
        {
            TerminalText.Escape(anchor.Subject),
            anchor.Certificate.PublicKey.ToString(),
            TerminalText.FormatTime(anchor.Certificate.NotBefore),
            TerminalText.FormatTime(anchor.Certificate.NotAfter),
            GetSha256Prefix(anchor.Certificate),
        })]);
        if (warnings.Length > 0)
            report.Lines.Add("");
        report.Lines.AddRange(warnings.Select(warning => Describe(warning, style)));
        return report;
    }

    // The output has only the PEM, so that it can be piped; warnings are written to the error stream.
    private static Report Print(TrustBundle combined, string pem, ToolEnvironment environment)
    {
        ImmutableArray<TrustWarning> warnings = combined.GetWarnings();
        foreach (TrustWarning warning in warnings)
            environment.Error.WriteLine(Describe(warning, new(isColored: false)));
        JsonObject json = ToJson(combined, warnings);
        json["pem"] = pem;
        Report report = new(json);
        report.Lines.AddRange(pem.TrimEnd('\n').Split('\n'));
        return report;
    }

    private static Report Write(TrustBundle combined, string pem, string path, OverwriteMode overwriteMode, Style style)
    {
        AtomicFile.Write(path, pem, FileVisibility.Everyone, overwriteMode);
        Report report = List(combined, style);
        report.Json["output"] = path;
        report.Lines.Add("");
        report.Lines.Add($"{TerminalText.Escape(path)}: {TerminalText.FormatCount(combined.Anchors.Length, "certificate")}.");
        return report;
    }

    private static string Describe(TrustWarning warning, Style style) =>
        $"{style.Warning("warning:")} {TerminalText.Escape(warning.ToString())} ({GetSha256Prefix(warning.Anchor.Certificate)})";

    private static JsonObject ToJson(TrustBundle bundle, ImmutableArray<TrustWarning> warnings) => new()
    {
        ["anchors"] = new JsonArray([.. bundle.Anchors.Select(anchor => new JsonObject
        {
            ["subject"] = anchor.Subject,
            ["key"] = anchor.Certificate.PublicKey.ToString(),
            ["not_before"] = TerminalText.FormatTime(anchor.Certificate.NotBefore),
            ["not_after"] = TerminalText.FormatTime(anchor.Certificate.NotAfter),
            ["sha256"] = Convert.ToHexStringLower(anchor.Certificate.Sha256.Span),
        })]),
        ["warnings"] = new JsonArray([.. warnings.Select(warning => new JsonObject
        {
            ["kind"] = warning.Kind.ToString(),
            ["sha256"] = Convert.ToHexStringLower(warning.Anchor.Certificate.Sha256.Span),
        })]),
    };

    private static string GetSha256Prefix(ParsedCertificate certificate) =>
        Convert.ToHexStringLower(certificate.Sha256.Span)[..Sha256PrefixDigits];
}
