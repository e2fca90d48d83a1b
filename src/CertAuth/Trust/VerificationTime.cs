using CertAuth.Certificates;

namespace CertAuth.Trust;

/// <summary>The time of one verification. Records how long the results of all comparisons with it stay the same.</summary>
/// <remarks>A verdict depends on the time only through these comparisons, so it holds at least as long as they do. One instance serves one
/// verification; not safe for concurrent use.</remarks>
internal sealed class VerificationTime(DateTimeOffset now)
{
    internal DateTimeOffset Now => now;

    /// <summary>Gets the last second at which all comparisons made so far would have the same results.</summary>
    internal DateTimeOffset HoldsUntil { get; private set; } = DateTimeOffset.MaxValue;

    /// <summary>Returns whether the time is before the first second of a validity period.</summary>
    internal bool IsBefore(DateTimeOffset first)
    {
        if (now >= first)
            return false;

        ShortenTo(first.AddSeconds(-1));
        return true;
    }

    /// <summary>Returns whether the time is after the last second of a validity period.</summary>
    internal bool IsAfter(DateTimeOffset last)
    {
        if (ValidityPeriod.HasEnded(last, now))
            return true;

        ShortenTo(last);
        return false;
    }

    private void ShortenTo(DateTimeOffset end) => HoldsUntil = end < HoldsUntil ? end : HoldsUntil;
}
