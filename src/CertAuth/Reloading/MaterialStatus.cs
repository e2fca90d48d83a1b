using System.Collections.Immutable;

namespace CertAuth.Reloading;

/// <summary>How something that is kept up to date fares.</summary>
public enum MaterialHealth
{
    /// <summary>No status.</summary>
    None = 0,

    /// <summary>The last look succeeded, and nothing expires soon.</summary>
    Healthy = 1,

    /// <summary>It works but needs attention: the last reload failed, it or a part of it expires soon, a part has expired or was not
    /// renewed in time, or a revocation list stays in use that the files no longer contain.</summary>
    Degraded = 2,

    /// <summary>It has expired, isn't valid yet, is too old, or lacks every revocation list that it needs: logins fail.</summary>
    Unhealthy = 3,
}

/// <summary>What is in use, and how it fares: for health checks and for people.</summary>
/// <remarks>A value of the moment. Immutable; safe for concurrent use.</remarks>
public sealed record MaterialStatus
{
    internal MaterialStatus()
    {
    }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>How it fares.</summary>
    public required MaterialHealth Health { get; init; }

    /// <summary>What is in use, one line for a log.</summary>
    public required string Description { get; init; }

    /// <summary>When what is in use came into use, in UTC.</summary>
    public required DateTimeOffset LoadedAt { get; init; }

    /// <summary>Time since a look last found what is in use.</summary>
    public required TimeSpan Age { get; init; }

    /// <summary>When it, or the next part of it, expires, in UTC; when the last expired, where all have; null for never.</summary>
    public required DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Time until then, negative after it; null for never.</summary>
    public required TimeSpan? TimeToExpiry { get; init; }

    /// <summary>Why the last look failed, one line for a log; null where it didn't.</summary>
    public required string? Problem { get; init; }

    /// <summary>What is odd about what is in use, one line each.</summary>
    public required ImmutableArray<string> Warnings { get; init; }

    /// <summary>One line for a log.</summary>
    public override string ToString() => $"{Name}: {Health}, {Description}{(Problem is null ? "" : $"; {Problem}")}";
}
