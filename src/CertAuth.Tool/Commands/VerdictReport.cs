using CertAuth.Tool.Cli;

namespace CertAuth.Tool.Commands;

/// <summary>Reports that something is verified, or the check that failed.</summary>
internal static class VerdictReport
{
    /// <summary>Creates the report. The exit code is 0 without a rejection, otherwise 1.</summary>
    /// <param name="rejection">The rejection, or null.</param>
    /// <param name="verified">The line that is printed if there is no rejection.</param>
    /// <param name="style">The colors.</param>
    internal static Report Create(Rejection? rejection, string verified, Style style)
    {
        if (rejection is null)
        {
            Report good = new(new() { ["verified"] = true });
            good.Lines.Add(style.Good(verified));
            return good;
        }

        Report report = new(
            new()
            {
                ["verified"] = false,
                ["reason"] = rejection.Reason.ToString(),
                ["required"] = rejection.Required,
                ["presented"] = rejection.Presented,
                ["difference"] = rejection.Difference,
            },
            ExitCode.Negative);
        (string, string?)[] rows =
        [
            ("required", rejection.Required), ("presented", rejection.Presented), ("difference", rejection.Difference),
        ];
        report.AddRows(
            style,
            [
                ("refused", style.Bad(rejection.Reason.ToString())),
                .. rows.Where(row => row.Item2 is not null).Select(row => (row.Item1, row.Item2!)),
            ]);
        return report;
    }
}
