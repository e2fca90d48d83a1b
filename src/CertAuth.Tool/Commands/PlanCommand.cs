using System.CommandLine;
using CertAuth.Tool.Certificates;
using CertAuth.Tool.Cli;
using CertAuth.Tool.Planning;
using CertAuth.Trust;

namespace CertAuth.Tool.Commands;

/// <summary>The command that lists the accounts that a new trust bundle or new clauses would lock out.</summary>
internal static class PlanCommand
{
    internal static Command Create(ToolEnvironment environment)
    {
        Option<string> bundle = CommonOptions.CreateRequiredOption("--bundle", "NEW", "The new trust bundle.");
        Option<string> certificates = CommonOptions.CreateRequiredOption(
            "--certs", "DIR", "The folder of the client certificates, each a PEM or DER file.");
        Option<string> accounts = CommonOptions.CreateRequiredOption(
            "--accounts", "FILE", "CREATE USER statements, or lines with a user, a tab and a REQUIRE clause; - reads standard input.");
        Option<string?> old = new("--old")
        {
            Description = "The current trust bundle. A certificate that it does not verify cannot be lost. "
                + "Default: any certificate can be lost.",
            HelpName = "OLD",
        };
        Option<string[]> intermediates = CommonOptions.CreateFilesOption(
            "--intermediates", "Certificates that clients send in addition to their own.");
        Option<string[]> lists = CommonOptions.CreateFilesOption("--crl", "The revocation lists of the new trust bundle.");
        Option<bool> all = new("--all") { Description = "Also list the accounts that keep their login." };
        Option<DateTimeOffset?> at = CommonOptions.CreateTimeOption();
        return new Command(
            "plan", "Lists the accounts that a new trust bundle or new clauses would lock out. Exit code 1 if there are any.")
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
                TrustBundle? current = parsed.GetValue(old) is { } path ? environment.Input.ReadBundle(path, [], clock) : null;

                using ProgressLine progress = new(environment.Error, environment.ShowsProgress);
                CertificateFolder folder = CertificateFolder.Read(
                    parsed.GetRequiredValue(certificates),
                    environment.Input,
                    environment.Input.ReadCertificates(parsed.GetRequiredValue(intermediates)),
                    next,
                    current,
                    clock.GetUtcNow(),
                    progress);
                return PlanReport.Create(Evaluate(entries, folder, progress), folder, parsed.GetValue(all), environment.Style);
            },
            "certauth plan --bundle new-ca.pem --certs clients/ --accounts accounts.sql",
            "certauth plan --bundle new-ca.pem --old ca.pem --certs clients/ --accounts accounts.tsv --format json");
    }

    private static List<EvaluatedAccount> Evaluate(List<AccountEntry> entries, CertificateFolder folder, ProgressLine progress)
    {
        AccountEvaluator evaluator = new(folder.Certificates);
        List<EvaluatedAccount> evaluated = new(entries.Count);
        foreach (AccountEntry entry in entries)
        {
            progress.Report("accounts", evaluated.Count, entries.Count);
            evaluated.Add(new(entry, evaluator.Evaluate(entry.Requirement)));
        }

        return evaluated;
    }
}
