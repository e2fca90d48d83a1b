using System.Text.Json.Nodes;
using CertAuth.Tool.Cli;
using CertAuth.Tool.Planning;

namespace CertAuth.Tool.Commands;

/// <summary>Reports the outcome for each account of a plan.</summary>
internal static class PlanReport
{
    // The maximum number of table rows for one account and of lines for skipped files, in the output for people.
    private const int MaxRows = 3;

    // The maximum number of lost certificates of one account in JSON. An account that accepts any certificate may lose all of them.
    private const int MaxListedCertificates = 100;

    /// <summary>Creates the report.</summary>
    /// <param name="accounts">The evaluated accounts.</param>
    /// <param name="folder">The certificates.</param>
    /// <param name="all">Whether accounts that keep their login are also listed.</param>
    /// <param name="style">The colors.</param>
    internal static Report Create(List<EvaluatedAccount> accounts, CertificateFolder folder, bool all, Style style)
    {
        bool isAnyAffected = accounts.Exists(one => one.Verdict.NeedsAttention);
        List<EvaluatedAccount> listed = accounts.FindAll(one => all || one.Verdict.NeedsAttention);
        Report report = new(ToJson(accounts, listed, folder), isAnyAffected ? ExitCode.Negative : ExitCode.Success);
        if (listed.Count > 0)
        {
            report.AddTable(style, ["ACCOUNT", "OUTCOME", "CERTIFICATE", "REASON"], [.. listed.SelectMany(CreateRows)]);
            report.Lines.Add("");
        }

        AddSkipped(report, folder, style);
        AddNote(report, accounts, folder, style);
        AddAmbiguous(report, folder, style);
        string outcomes = string.Join(", ", CountOutcomes(accounts).Select(one => $"{one.Count} {GetOutcomeText(one.Outcome)}"));
        string certificates = TerminalText.FormatCount(folder.Certificates.Count, "certificate");
        string summary = $"{TerminalText.FormatCount(accounts.Count, "account")}, {certificates}: {outcomes}.";
        report.Lines.Add(isAnyAffected ? style.Bad(summary) : style.Good(summary));
        return report;
    }

    private static void AddSkipped(Report report, CertificateFolder folder, Style style)
    {
        string label = style.Warning("skipped:");
        report.Lines.AddRange(folder.Skipped.Take(MaxRows).Select(one => $"{label} {TerminalText.Escape($"{one.File} {one.Problem}")}"));
        if (folder.Skipped.Count > MaxRows)
            report.Lines.Add($"{label} {folder.Skipped.Count - MaxRows} more");
    }

    // A server with the default options ends the handshake of a client with a rejected certificate, whatever its account requires.
    private static void AddNote(Report report, List<EvaluatedAccount> accounts, CertificateFolder folder, Style style)
    {
        int lost = folder.Certificates.Count(one => one.New.Rejection is not null && one.Old?.Rejection is null);
        if (lost == 0 || !accounts.Exists(one => one.Verdict.Outcome == AccountOutcome.NoCertificateRequired))
            return;

        report.Lines.Add(
            $"{style.Warning("note:")} The new bundle rejects {TerminalText.FormatCount(lost, "certificate")}. "
            + "A client that presents a rejected certificate cannot log in, even if its account requires none.");
    }

    // This changes no outcome: the login depends on the TLS version and on the CA certificate that the client sends, which are unknown.
    private static void AddAmbiguous(Report report, CertificateFolder folder, Style style)
    {
        FolderCertificate[] ambiguous = [.. FindAmbiguous(folder)];
        if (ambiguous.Length == 0)
            return;

        string files = TerminalText.Escape(string.Join(", ", ambiguous.Take(MaxRows).Select(one => one.FileName)));
        string more = ambiguous.Length > MaxRows ? $" and {ambiguous.Length - MaxRows} more" : "";
        report.Lines.Add(
            $"{style.Warning("warning:")} The new bundle has two CAs with the same subject, and no authority key identifier tells which "
            + $"of them issued {TerminalText.FormatCount(ambiguous.Length, "certificate")}: {files}{more}. "
            + "X.509 version 1 certificates never have this identifier. Over TLS 1.3, an OpenSSL client that sends the other CA with such "
            + "a certificate cannot connect. Reissue these certificates before the bundle goes live.");
    }

    private static IEnumerable<FolderCertificate> FindAmbiguous(CertificateFolder folder) =>
        folder.Certificates.Where(one => one.New.Verified is { HasAmbiguousIssuer: true });

    private static IEnumerable<string[]> CreateRows(EvaluatedAccount evaluated)
    {
        AccountVerdict verdict = evaluated.Verdict;
        string[] head = [TerminalText.Escape(evaluated.Account.Name), GetOutcomeText(verdict.Outcome)];
        string reason = verdict.Outcome == AccountOutcome.NoMatchingCertificate ? "No certificate has the required names or digests." : "";
        if (verdict.Lost.Count == 0)
            yield return [.. head, TerminalText.Escape(verdict.Remaining?.FileName ?? ""), reason];
        foreach (FolderCertificate lost in verdict.Lost.Take(MaxRows))
            yield return [.. head, TerminalText.Escape(lost.FileName), GetReason(evaluated.Account, lost)];
        if (verdict.Lost.Count > MaxRows)
            yield return [.. head, $"{verdict.Lost.Count - MaxRows} more", ""];
    }

    private static IEnumerable<(AccountOutcome Outcome, int Count)> CountOutcomes(List<EvaluatedAccount> accounts) =>
        accounts.GroupBy(one => one.Verdict.Outcome).OrderByDescending(group => group.Key).Select(group => (group.Key, group.Count()));

    private static JsonObject ToJson(List<EvaluatedAccount> accounts, List<EvaluatedAccount> listed, CertificateFolder folder) => new()
    {
        ["accounts"] = accounts.Count,
        ["certificates"] = folder.Certificates.Count,
        ["outcomes"] = new JsonObject(
            CountOutcomes(accounts).Select(one => KeyValuePair.Create(GetOutcomeKey(one.Outcome), (JsonNode?)one.Count))),
        ["listed"] = new JsonArray([.. listed.Select(ToJson)]),
        ["rejected"] = new JsonArray([.. folder.Certificates.Where(one => one.New.Rejection is not null).Select(one => new JsonObject
        {
            ["file"] = one.FileName,
            ["reason"] = one.New.Rejection!.Reason.ToString(),
            ["rejection"] = one.New.Rejection.ToString(),
        })]),
        ["ambiguous_issuer"] = new JsonArray([.. FindAmbiguous(folder).Select(one => JsonValue.Create(one.FileName))]),
        ["skipped"] = new JsonArray([.. folder.Skipped.Select(one => new JsonObject { ["file"] = one.File, ["problem"] = one.Problem })]),
    };

    private static JsonObject ToJson(EvaluatedAccount evaluated)
    {
        AccountVerdict verdict = evaluated.Verdict;
        return new()
        {
            ["account"] = evaluated.Account.Name,
            ["line"] = evaluated.Account.Line,
            ["outcome"] = GetOutcomeKey(verdict.Outcome),
            ["clause"] = evaluated.Account.Requirement.ToString(),
            ["remaining"] = verdict.Remaining?.FileName,
            ["lost"] = new JsonArray([.. verdict.Lost.Take(MaxListedCertificates).Select(lost => JsonValue.Create(lost.FileName))]),
            ["lost_count"] = verdict.Lost.Count,
        };
    }

    private static string GetReason(AccountEntry account, FolderCertificate certificate) => certificate.New.Verified is { } verified
        ? AccountEvaluator.ExplainMismatch(account.Requirement, verified)
        : certificate.New.Rejection!.ToString();

    private static string GetOutcomeText(AccountOutcome outcome) => outcome switch
    {
        AccountOutcome.NoCertificateRequired => "no certificate required",
        AccountOutcome.Unchanged => "unchanged",
        AccountOutcome.LosesCertificate => "loses a certificate",
        AccountOutcome.LockedOut => "locked out",
        AccountOutcome.AlreadyLockedOut => "already locked out",
        AccountOutcome.NoMatchingCertificate => "no matching certificate",
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, "The outcome is undefined."),
    };

    private static string GetOutcomeKey(AccountOutcome outcome) => outcome switch
    {
        AccountOutcome.NoCertificateRequired => "no_certificate_required",
        AccountOutcome.Unchanged => "unchanged",
        AccountOutcome.LosesCertificate => "loses_certificate",
        AccountOutcome.LockedOut => "locked_out",
        AccountOutcome.AlreadyLockedOut => "already_locked_out",
        AccountOutcome.NoMatchingCertificate => "no_matching_certificate",
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, "The outcome is undefined."),
    };
}
