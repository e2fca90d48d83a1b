using CertAuth.Requirements;
using CertAuth.Tool.Cli;

namespace CertAuth.Tool.Commands;

/// <summary>Reads a REQUIRE clause of the command line.</summary>
internal static class Clause
{
    // What is shown of a clause before and behind the character where it breaks.
    private const int Context = 100;

    /// <exception cref="MistakeException">It is none: what is wrong, and a caret below the character.</exception>
    internal static LoginRequirement Parse(string clause) => LoginRequirement.TryParse(clause, out LoginRequirement? requirement, out RequirementError error)
        ? requirement
        : throw new MistakeException($"{Shown.Safe(error.ToString())}\n{PointAt(clause, error.Index)}");

    private static string PointAt(string clause, int index)
    {
        index = Math.Min(index, clause.Length);
        int start = Math.Max(0, index - Context);
        int end = Math.Min(clause.Length, index + Context);
        string before = (start > 0 ? "…" : "") + Shown.Safe(clause[start..index]);
        string behind = Shown.Safe(clause[index..end]) + (end < clause.Length ? "…" : "");
        return $"  {before}{behind}\n  {new string(' ', before.Length)}^";
    }
}
