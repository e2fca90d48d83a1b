namespace CertAuth.Trust;

/// <summary>The state of a revocation list at one point in time.</summary>
internal enum RevocationListState
{
    /// <summary>The time is before thisUpdate.</summary>
    NotYetValid = 1,

    /// <summary>The time is from thisUpdate to nextUpdate.</summary>
    Current = 2,

    /// <summary>The time is after nextUpdate.</summary>
    Stale = 3,
}
