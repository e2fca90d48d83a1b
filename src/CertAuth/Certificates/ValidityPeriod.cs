namespace CertAuth.Certificates;

/// <summary>A period that is given by its first and its last second, such as that of a certificate.</summary>
/// <remarks>Both are included (RFC 5280, 4.1.2.5): the period ends when the second after the last one begins.</remarks>
/// <param name="First">The first second.</param>
/// <param name="Last">The last second.</param>
internal readonly record struct ValidityPeriod(DateTimeOffset First, DateTimeOffset Last)
{
    /// <summary>Gets the period that has neither a beginning nor an end.</summary>
    internal static ValidityPeriod Always { get; } = new(DateTimeOffset.MinValue, DateTimeOffset.MaxValue);

    /// <summary>Returns whether a time is in the period.</summary>
    internal bool Contains(DateTimeOffset time) => HasBegun(time) && !HasEnded(time);

    /// <summary>Returns whether the first second has begun.</summary>
    internal bool HasBegun(DateTimeOffset now) => First <= now;

    /// <summary>Returns whether the last second is over.</summary>
    internal bool HasEnded(DateTimeOffset now) => HasEnded(Last, now);

    /// <summary>Returns whether the last second of a period is over.</summary>
    /// <param name="last">The last second.</param>
    /// <param name="now">The current time.</param>
    /// <param name="skew">The time for which the period is accepted after its end.</param>
    // The subtraction cannot overflow; adding a second to the end of the year 9999 would.
    internal static bool HasEnded(DateTimeOffset last, DateTimeOffset now, TimeSpan skew = default) =>
        now - last >= TimeSpan.FromSeconds(1) + skew;

    /// <summary>Returns the time at which the last second of a period is over. Returns the last second itself if that time cannot be
    /// represented.</summary>
    internal static DateTimeOffset GetEnd(DateTimeOffset last) =>
        DateTimeOffset.MaxValue - last > TimeSpan.FromSeconds(1) ? last.AddSeconds(1) : last;

    /// <summary>Returns the part of the period that does not begin before a time.</summary>
    internal ValidityPeriod From(DateTimeOffset first) => first > First ? this with { First = first } : this;

    /// <summary>Returns the part of the period whose last second is not after a time.</summary>
    internal ValidityPeriod Until(DateTimeOffset last) => last < Last ? this with { Last = last } : this;

    /// <summary>Returns the times that are in this period and in another one.</summary>
    internal ValidityPeriod Intersect(ValidityPeriod other) => From(other.First).Until(other.Last);
}
