using System.Globalization;

namespace CertAuth.Soak;

/// <summary>The figures of one scenario as a row of the table.</summary>
internal sealed record Row(string Material, string Strategy, Figures Figures)
{
    public override string ToString()
    {
        string row = string.Create(
            CultureInfo.InvariantCulture,
            $"{Material,-16}{Strategy,-10}{Figures.Replacements,9}{Figures.Logins,10}{Figures.Failed,8}{Figures.Mixed,7}{Figures.Missed,8}"
            + $"{Figures.Reloads,9}"
            + $"{Figures.Rejected,9}{Figures.Overdue,9}{Figures.Excluded,9}{Figures.Time.TotalSeconds,9:0.0}");
        return Figures.FirstProblem is null ? row : $"{row}\n    {Figures.FirstProblem}";
    }
}
