using System.CommandLine;
using System.Text.Json.Nodes;
using CertAuth.Tool.Certificates;
using CertAuth.Tool.Cli;
using CertAuth.Tool.Planning;
using CertAuth.Trust;

namespace CertAuth.Tool.Commands;

/// <summary>Says who would be locked out if a bundle, or these clauses, went live.</summary>
internal static class PlanCommand
{
    // Rows for one account, and files without a certificate, that people are shown.
    private const int MaxRowsPerAccount = 3;

    // Certificates listed with one account for scripts: an account that demands any certificate may lose all.
    private const int MaxListedCertificates = 100;

    internal static Command Create(ToolEnvironment environment)
    {
        Option<string> bundle = CommonOptions.CreateRequiredOption("--bundle", "NEW", "the bundle that would go live");
        Option<string> certificates = CommonOptions.CreateRequiredOption("--certs", "DIR", "the clients' certificates, a PEM or DER file each");
        Option<string> accounts = CommonOptions.CreateRequiredOption(
            "--accounts", "FILE", "CREATE USER statements, or lines of a user, a tab and a REQUIRE clause; - for standard input");
        Option<string?> old = new("--old")
        {
            Description = "the bundle of today: only what it verifies can be lost. Without it every certificate of the folder counts",
            HelpName = "OLD",
        };
        Option<string[]> intermediates = CommonOptions.CreateFilesOption("--intermediates", "certificates that clients send beside their own");
        Option<string[]> lists = CommonOptions.CreateFilesOption("--crl", "revocation lists that would go live with the new bundle");
        Option<bool> all = new("--all") { Description = "list the accounts that keep their login, too" };
        Option<DateTimeOffset?> at = CommonOptions.CreateTimeOption();
        return new Command("plan", "Says which accounts would be locked out if a bundle, or these clauses, went live. Exit code 1 if any would.")
        {
            bundle, certificates, accounts, old, intermediates, lists, all, at,
        }.WithReport(
            environment,
            parsed =>
            {
                TimeProvider clock = parsed.GetClock(at, environment);
                string file = parsed.GetRequiredValue(accounts);
                List<AccountEntry> entries = AccountsFile.Read(environment.Input.ReadText(file), InputFiles.GetDisplayName(file));
                TrustBundle next = environment.Input.ReadBundle(parsed.GetRequiredValue(bundle), parsed.GetRequiredValue(lists), clock);
                TrustBundle? today = parsed.GetValue(old) is { } path ? environment.Input.ReadBundle(path, [], clock) : null;

                using ProgressLine progress = new(environment.Error, environment.ShowsProgress);
                CertificateFolder folder = CertificateFolder.Read(
                    parsed.GetRequiredValue(certificates),
                    environment.Input,
                    environment.Input.ReadCertificates(parsed.GetRequiredValue(intermediates)),
                    next,
                    today,
                    clock.GetUtcNow(),
                    progress);
                return Describe(Evaluate(entries, folder, progress), folder, parsed.GetValue(all), environment.Style);
            },
            "certauth plan --bundle new-ca.pem --certs clients/ --accounts accounts.sql",
            "certauth plan --bundle new-ca.pem --old ca.pem --certs clients/ --accounts accounts.tsv --format json");
    }

    private static List<(AccountEntry Account, AccountVerdict Verdict)> Evaluate(List<AccountEntry> entries, CertificateFolder folder, ProgressLine progress)
    {
        AccountEvaluator judge = new(folder.Certificates);
        List<(AccountEntry, AccountVerdict)> judged = new(entries.Count);
        foreach (AccountEntry entry in entries)
        {
            progress.Report("accounts", judged.Count, entries.Count);
            judged.Add((entry, judge.Evaluate(entry.Requirement)));
        }

        return judged;
    }

    private static Report Describe(List<(AccountEntry Account, AccountVerdict Verdict)> judged, CertificateFolder folder, bool all, Style style)
    {
        bool isAnyBad = judged.Exists(one => one.Verdict.NeedsAttention);
        List<(AccountEntry Account, AccountVerdict Verdict)> listed = judged.FindAll(one => all || one.Verdict.NeedsAttention);
        Report report = new(ToJson(judged, listed, folder), isAnyBad ? ExitCode.Negative : ExitCode.Success);
        if (listed.Count > 0)
        {
            report.AddTable(style, ["ACCOUNT", "OUTCOME", "CERTIFICATE", "REASON"], [.. listed.SelectMany(one => CreateRows(one.Account, one.Verdict))]);
            report.Lines.Add("");
        }

        report.Lines.AddRange(folder.Skipped.Take(MaxRowsPerAccount).Select(one => $"{style.Warning("passed over:")} {TerminalText.Escape($"{one.File} {one.Problem}")}"));
        if (folder.Skipped.Count > MaxRowsPerAccount)
            report.Lines.Add($"{style.Warning("passed over:")} {folder.Skipped.Count - MaxRowsPerAccount} more");
        int losing = folder.Certificates.Count(one => one.New.Rejection is not null && one.Old?.Rejection is null);
        if (losing > 0 && judged.Exists(one => one.Verdict.Outcome == AccountOutcome.Unaffected))
        {
            report.Lines.Add(
                $"{style.Warning("note:")} {TerminalText.FormatCount(losing, "certificate")} refused; a client that presents such a one is denied even where the account needs none.");
        }

        AddAmbiguous(report, folder, style);
        string outcomes = string.Join(", ", CountOutcomes(judged).Select(one => $"{one.Count} {GetOutcomeText(one.Outcome)}"));
        string summary = $"{TerminalText.FormatCount(judged.Count, "account")}, {TerminalText.FormatCount(folder.Certificates.Count, "certificate")}: {outcomes}.";
        report.Lines.Add(isAnyBad ? style.Bad(summary) : style.Good(summary));
        return report;
    }

    // No outcome: whether such a client logs in depends on its TLS version and on the CA that it sends, which the plan cannot know.
    private static void AddAmbiguous(Report report, CertificateFolder folder, Style style)
    {
        FolderCertificate[] ambiguous = [.. AmbiguousOf(folder)];
        if (ambiguous.Length == 0)
            return;

        string files = TerminalText.Escape(string.Join(", ", ambiguous.Take(MaxRowsPerAccount).Select(one => one.FileName)));
        string more = ambiguous.Length > MaxRowsPerAccount ? $" and {ambiguous.Length - MaxRowsPerAccount} more" : "";
        report.Lines.Add(
            $"{style.Warning("warning:")} the bundle has two CAs with the subject of the issuer of "
            + $"{TerminalText.FormatCount(ambiguous.Length, "certificate")} without an authority key identifier, such as any of X.509 version 1: "
            + $"{files}{more}. Over TLS 1.3, an OpenSSL client that sends the other CA with such a certificate cannot connect. "
            + "Reissue them before the bundle goes live.");
    }

    private static IEnumerable<FolderCertificate> AmbiguousOf(CertificateFolder folder) =>
        folder.Certificates.Where(one => one.New.Verified is { HasAmbiguousIssuer: true });

    private static IEnumerable<string[]> CreateRows(AccountEntry account, AccountVerdict verdict)
    {
        string[] head = [TerminalText.Escape(account.Name), GetOutcomeText(verdict.Outcome)];
        string reason = verdict.Outcome == AccountOutcome.NoCertificate ? "no certificate has the names that it requires" : "";
        if (verdict.Lost.Count == 0)
            yield return [.. head, TerminalText.Escape(verdict.Remaining?.FileName ?? ""), reason];
        foreach (FolderCertificate lost in verdict.Lost.Take(MaxRowsPerAccount))
            yield return [.. head, TerminalText.Escape(lost.FileName), GetReason(lost)];
        if (verdict.Lost.Count > MaxRowsPerAccount)
            yield return [.. head, $"{verdict.Lost.Count - MaxRowsPerAccount} more", ""];
    }

    private static IEnumerable<(AccountOutcome Outcome, int Count)> CountOutcomes(List<(AccountEntry Account, AccountVerdict Verdict)> judged) =>
        judged.GroupBy(one => one.Verdict.Outcome).OrderByDescending(group => group.Key).Select(group => (group.Key, group.Count()));

    private static JsonObject ToJson(
        List<(AccountEntry Account, AccountVerdict Verdict)> judged, List<(AccountEntry Account, AccountVerdict Verdict)> listed, CertificateFolder folder) => new()
        {
            ["accounts"] = judged.Count,
            ["certificates"] = folder.Certificates.Count,
            ["outcomes"] = new JsonObject(CountOutcomes(judged).Select(one => KeyValuePair.Create(GetOutcomeKey(one.Outcome), (JsonNode?)one.Count))),
            ["listed"] = new JsonArray([.. listed.Select(one => new JsonObject
        {
            ["account"] = one.Account.Name,
            ["line"] = one.Account.Line,
            ["outcome"] = GetOutcomeKey(one.Verdict.Outcome),
            ["clause"] = one.Account.Requirement.ToString(),
            ["keeps"] = one.Verdict.Remaining?.FileName,
            ["lost"] = new JsonArray([.. one.Verdict.Lost.Take(MaxListedCertificates).Select(lost => JsonValue.Create(lost.FileName))]),
            ["lost_count"] = one.Verdict.Lost.Count,
        })]),
            ["rejected"] = new JsonArray([.. folder.Certificates.Where(one => one.New.Rejection is not null).Select(one => new JsonObject
        {
            ["file"] = one.FileName,
            ["reason"] = one.New.Rejection!.Reason.ToString(),
            ["rejection"] = one.New.Rejection.ToString(),
        })]),
            ["ambiguous_issuer"] = new JsonArray([.. AmbiguousOf(folder).Select(one => JsonValue.Create(one.FileName))]),
            ["passed_over"] = new JsonArray([.. folder.Skipped.Select(one => new JsonObject { ["file"] = one.File, ["problem"] = one.Problem })]),
        };

    private static string GetReason(FolderCertificate certificate) => certificate.New.Rejection?.ToString() ?? "it verifies, and doesn't meet the clause";

    private static string GetOutcomeText(AccountOutcome outcome) => outcome switch
    {
        AccountOutcome.Unaffected => "without need of a certificate",
        AccountOutcome.Unchanged => "as before",
        AccountOutcome.LosesCertificate => "loses a certificate",
        AccountOutcome.LockedOut => "locked out",
        AccountOutcome.AlreadyLockedOut => "out already",
        AccountOutcome.NoCertificate => "no certificate",
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, "No such outcome."),
    };

    private static string GetOutcomeKey(AccountOutcome outcome) => outcome switch
    {
        AccountOutcome.Unaffected => "unaffected",
        AccountOutcome.Unchanged => "kept",
        AccountOutcome.LosesCertificate => "loses_certificate",
        AccountOutcome.LockedOut => "locked_out",
        AccountOutcome.AlreadyLockedOut => "out_already",
        AccountOutcome.NoCertificate => "no_certificate",
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, "No such outcome."),
    };
}
