using CertAuth.Requirements;
using CertAuth.Tool.Cli;

namespace CertAuth.Tool.Commands;

/// <summary>Reads a REQUIRE clause of the command line.</summary>
internal static class ClauseArgument
{
    // What is shown of a clause before and behind the character where it breaks.
    private const int ContextLength = 100;

    /// <exception cref="UserErrorException">It is none: what is wrong, and a caret below the character.</exception>
    internal static LoginRequirement Parse(string clause) => LoginRequirement.TryParse(clause, out LoginRequirement? requirement, out RequirementError error)
        ? requirement
        : throw new UserErrorException($"{TerminalText.Escape(error.ToString())}\n{CreateCaretLine(clause, error.Index)}");

    private static string CreateCaretLine(string clause, int index)
    {
        index = Math.Min(index, clause.Length);
        int start = Math.Max(0, index - ContextLength);
        int end = Math.Min(clause.Length, index + ContextLength);
        string before = (start > 0 ? "…" : "") + TerminalText.Escape(clause[start..index]);
        string behind = TerminalText.Escape(clause[index..end]) + (end < clause.Length ? "…" : "");
        return $"  {before}{behind}\n  {new string(' ', before.Length)}^";
    }
}
