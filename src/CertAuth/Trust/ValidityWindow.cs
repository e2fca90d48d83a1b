namespace CertAuth.Trust;

/// <summary>The period for which a verdict holds. Both ends are inclusive.</summary>
internal readonly record struct ValidityWindow(DateTimeOffset From, DateTimeOffset Until)
{
    /// <summary>Returns the intersection of this window and another one.</summary>
    internal ValidityWindow Narrow(DateTimeOffset from, DateTimeOffset until) =>
        new(from > From ? from : From, until < Until ? until : Until);

    internal bool Contains(DateTimeOffset time) => From <= time && time <= Until;
}
