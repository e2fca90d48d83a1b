using System.Collections.Immutable;

namespace CertAuth.Reloading;

/// <summary>What was read from files, and what an operator should know of it.</summary>
/// <remarks>Immutable; safe for concurrent use.</remarks>
/// <typeparam name="T">Something immutable that needs no disposing: readers hold it for as long as they like.</typeparam>
public sealed class Material<T>
    where T : class
{
    /// <summary>Takes a value.</summary>
    public Material(T value)
    {
        ArgumentNullException.ThrowIfNull(value);
        Value = value;
    }

    /// <summary>The value.</summary>
    public T Value { get; }

    /// <summary>What it is, for log and status: no secrets. Default: empty.</summary>
    public string Description { get; init => field = value ?? ""; } = "";

    /// <summary>The first instant at which it is good for anything; null for any. It never takes the place of something that is good.</summary>
    public DateTimeOffset? ValidFrom { get; init; }

    /// <summary>The instant at which it is good for nothing any more; null for never. Something that has expired never takes the place of something that
    /// hasn't.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>The instants at which parts of it expire, those in the past included: each is reported before and after, and a part that
    /// has expired makes the status <see cref="MaterialHealth.Degraded"/>. Default: none.</summary>
    public ImmutableArray<DateTimeOffset> PartExpirations { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>The instants by which parts of it must have been renewed, as revocation lists are every few days: each is reported when it
    /// has passed, and not before. Default: none.</summary>
    public ImmutableArray<DateTimeOffset> PartsRenewBy { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>What is odd about it, one line each. Default: nothing.</summary>
    public ImmutableArray<string> Warnings { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Whether it needs attention although it works.</summary>
    internal bool NeedsAttention { get; init; }

    /// <summary>The first end that is to come; after the last, that.</summary>
    internal DateTimeOffset? GetNextExpiration(DateTimeOffset now) => Expirations.Where(end => end > now).Select(end => (DateTimeOffset?)end).Min() ?? GetLastExpiration(now);

    /// <summary>The last end that is past, or null.</summary>
    internal DateTimeOffset? GetLastExpiration(DateTimeOffset now) =>
        Expirations.Concat(PartsRenewBy).Where(end => end <= now).Select(end => (DateTimeOffset?)end).Max();

    private IEnumerable<DateTimeOffset> Expirations => ExpiresAt is { } end ? PartExpirations.Append(end) : PartExpirations;

    internal bool IsUsableAt(DateTimeOffset now) => (ValidFrom is null || now >= ValidFrom) && (ExpiresAt is null || now < ExpiresAt);
}
