namespace CertAuth.Trust;

/// <summary>The instant of one verification, and until when every comparison with it keeps its result.</summary>
/// <remarks>A verdict depends on time only through these comparisons, so it holds at least as long as they do. One object serves one
/// verification; not safe for concurrent use.</remarks>
internal sealed class VerificationTime(DateTimeOffset now)
{
    internal DateTimeOffset Now => now;

    /// <summary>The last instant at which every comparison made so far has the same result.</summary>
    internal DateTimeOffset HoldsUntil { get; private set; } = DateTimeOffset.MaxValue;

    /// <summary>Whether the instant is before the first second of a validity.</summary>
    internal bool IsBefore(DateTimeOffset first)
    {
        if (now >= first)
            return false;

        HoldUntil(first.AddTicks(-1));
        return true;
    }

    /// <summary>Whether the instant is after the last second of a validity.</summary>
    internal bool IsAfter(DateTimeOffset last)
    {
        if (now > last)
            return true;

        HoldUntil(last);
        return false;
    }

    private void HoldUntil(DateTimeOffset end) => HoldsUntil = end < HoldsUntil ? end : HoldsUntil;
}
