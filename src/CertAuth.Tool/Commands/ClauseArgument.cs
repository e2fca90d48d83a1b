using CertAuth.Requirements;
using CertAuth.Tool.Cli;

namespace CertAuth.Tool.Commands;

/// <summary>Parses a REQUIRE clause of the command line.</summary>
internal static class ClauseArgument
{
    // The number of characters that are shown before and after the position of an error.
    private const int ContextLength = 100;

    /// <summary>Parses a clause.</summary>
    /// <exception cref="UserErrorException">The clause is malformed. The message points to the position with a caret.</exception>
    internal static LoginRequirement Parse(string clause) =>
        LoginRequirement.TryParse(clause, out LoginRequirement? requirement, out RequirementError error)
        ? requirement
        : throw new UserErrorException($"{TerminalText.Escape(error.ToString())}\n{CreateCaretLine(clause, error.Index)}");

    private static string CreateCaretLine(string clause, int index)
    {
        index = Math.Min(index, clause.Length);
        int start = Math.Max(0, index - ContextLength);
        int end = Math.Min(clause.Length, index + ContextLength);
        string before = (start > 0 ? "…" : "") + TerminalText.Escape(clause[start..index]);
        string after = TerminalText.Escape(clause[index..end]) + (end < clause.Length ? "…" : "");
        return $"  {before}{after}\n  {new string(' ', before.Length)}^";
    }
}
