using System.Collections.Immutable;

namespace CertAuth.Reloading;

/// <summary>The status of a reloadable material, for health checks and operators.</summary>
/// <remarks>A snapshot. Immutable; safe for concurrent use. Equal if all properties are equal, where the warnings are compared by
/// reference.</remarks>
public sealed record MaterialStatus
{
    internal MaterialStatus()
    {
    }

    /// <summary>Gets the name of the material in logs and metrics.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the health at the time of the snapshot.</summary>
    public required MaterialHealth Health { get; init; }

    /// <summary>Gets a description of the material in use: one line for a log.</summary>
    public required string Description { get; init; }

    /// <summary>Gets the time, in UTC, at which the material in use was loaded.</summary>
    public required DateTimeOffset LoadedAt { get; init; }

    /// <summary>Gets the time since the last successful reload, whether or not the content had changed.</summary>
    public required TimeSpan Age { get; init; }

    /// <summary>Gets the time, in UTC, of the next expiration of the material or a part of it. If there is no future expiration, gets the
    /// latest expiration or renewal deadline that has passed; null if there is none.</summary>
    public required DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Gets the time until <see cref="ExpiresAt"/>. Negative if it has passed; null if <see cref="ExpiresAt"/> is null.</summary>
    public required TimeSpan? TimeToExpiry { get; init; }

    /// <summary>Gets the reason why the last reload failed: one line for a log; null if it succeeded.</summary>
    public required string? Problem { get; init; }

    /// <summary>Gets at most 20 warnings about the material in use, one line each.</summary>
    public required ImmutableArray<string> Warnings { get; init; }

    private string HealthText => Health switch
    {
        MaterialHealth.Healthy => "healthy",
        MaterialHealth.Degraded => "degraded",
        MaterialHealth.Unhealthy => "unhealthy",
        _ => "without status",
    };

    /// <summary>Returns the name, health and description, and the problem if there is one: one line for a log.</summary>
    public override string ToString() =>
        $"{Name} is {HealthText}: {Description}{(Problem is null ? "" : $". The last reload failed: {Problem}")}";
}
