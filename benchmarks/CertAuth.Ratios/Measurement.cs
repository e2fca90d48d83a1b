namespace CertAuth.Ratios;

/// <summary>The figures of a case: medians, and bytes of one operation.</summary>
internal sealed record Measurement(Case Case, double Ratio, double Microseconds, long Bytes)
{
    /// <summary>A value that indicates whether the goal is met; true if there is none.</summary>
    internal bool IsMet => Case.Goal is not { } goal || (Ratio <= goal.Ratio && (goal.Bytes is not { } bytes || Bytes <= bytes));
}
