using CertAuth.Tool.Cli;

namespace CertAuth.Tool.Commands;

/// <summary>Yes, or which check failed.</summary>
internal static class Verdict
{
    /// <summary>The answer: exit code 0, or 1 with the reason.</summary>
    /// <param name="refusal">Why not; null for yes.</param>
    /// <param name="yes">The line for yes.</param>
    /// <param name="style">How it looks.</param>
    internal static Report Create(Refusal? refusal, string yes, Style style)
    {
        if (refusal is null)
        {
            Report good = new(new() { ["verified"] = true });
            good.Lines.Add(style.Good(yes));
            return good;
        }

        Report report = new(
            new()
            {
                ["verified"] = false,
                ["reason"] = refusal.Reason.ToString(),
                ["required"] = refusal.Required,
                ["presented"] = refusal.Presented,
                ["difference"] = refusal.Difference,
            },
            ExitCode.No);
        (string, string?)[] rows = [("required", refusal.Required), ("presented", refusal.Presented), ("difference", refusal.Difference)];
        report.AddRows(
            style,
            [
                ("refused", style.Bad(refusal.Reason.ToString())),
                .. rows.Where(row => row.Item2 is not null).Select(row => (row.Item1, row.Item2!)),
            ]);
        return report;
    }
}
