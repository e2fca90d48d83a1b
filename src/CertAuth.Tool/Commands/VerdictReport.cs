using CertAuth.Tool.Cli;

namespace CertAuth.Tool.Commands;

/// <summary>Yes, or which check failed.</summary>
internal static class VerdictReport
{
    /// <summary>The answer: exit code 0, or 1 with the reason.</summary>
    /// <param name="rejection">Why not; null for yes.</param>
    /// <param name="yes">The line for yes.</param>
    /// <param name="style">How it looks.</param>
    internal static Report Create(Rejection? rejection, string yes, Style style)
    {
        if (rejection is null)
        {
            Report good = new(new() { ["verified"] = true });
            good.Lines.Add(style.Good(yes));
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
        (string, string?)[] rows = [("required", rejection.Required), ("presented", rejection.Presented), ("difference", rejection.Difference)];
        report.Lines.Add(style.Bad(Summarize(rejection.Reason)));
        report.AddRows(style, rows.Where(row => row.Item2 is not null).Select(row => (row.Item1, row.Item2!)));
        return report;
    }

    /// <summary>Returns the number and the sentence of a reason.</summary>
    internal static string Summarize(RejectionReason reason) => $"rejected ({(int)reason}): {new Rejection(reason).Summary}";

    /// <summary>Returns the number of the reason, its sentence and the facts.</summary>
    internal static string Describe(Rejection rejection) => $"rejected ({(int)rejection.Reason}): {rejection}";
}
