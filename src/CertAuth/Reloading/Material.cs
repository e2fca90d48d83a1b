using System.Collections.Immutable;

namespace CertAuth.Reloading;

/// <summary>A value that was read from files, with the facts that an operator needs about it.</summary>
/// <remarks>Immutable; safe for concurrent use.</remarks>
/// <typeparam name="T">The type of the value: immutable, and without resources to dispose, because logins may hold it for any length of
/// time.</typeparam>
public sealed class Material<T>
    where T : class
{
    /// <summary>Initializes a material without further facts.</summary>
    /// <param name="value">The value.</param>
    /// <exception cref="ArgumentNullException"><paramref name="value"/> is null.</exception>
    public Material(T value)
    {
        ArgumentNullException.ThrowIfNull(value);
        Value = value;
    }

    /// <summary>Gets the value that was read.</summary>
    public T Value { get; }

    /// <summary>Gets the description in logs and the status, without secrets. Default: empty.</summary>
    public string Description { get; init => field = value ?? ""; } = "";

    /// <summary>Gets the time from which the material is valid; null if there is no such time. A material that is not valid yet never
    /// replaces a valid one. Default: null.</summary>
    public DateTimeOffset? ValidFrom { get; init; }

    /// <summary>Gets the first instant at which the material is no longer valid; null if it never expires. An expired material never
    /// replaces a valid one. Default: null.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Gets the times at which parts of the material expire, past ones included. The next one is logged when it is near, and again
    /// when it has passed. An expired part makes the status <see cref="MaterialHealth.Degraded"/>. Default: empty.</summary>
    public ImmutableArray<DateTimeOffset> PartExpirations { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Gets the times by which parts of the material must be renewed, such as a revocation list that is issued every few days. The
    /// latest one that has passed is logged and makes the status <see cref="MaterialHealth.Degraded"/>. Default: empty.</summary>
    public ImmutableArray<DateTimeOffset> PartRenewalDeadlines { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Gets warnings for the operator, one line each. Default: empty.</summary>
    public ImmutableArray<string> Warnings { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Gets a value that indicates whether the material works but needs the operator's attention.</summary>
    internal bool NeedsAttention { get; init; }

    private IEnumerable<DateTimeOffset> Expirations => ExpiresAt is { } end ? PartExpirations.Append(end) : PartExpirations;

    /// <summary>Returns the next expiration; <see cref="GetLastExpiration"/> if there is no future one.</summary>
    internal DateTimeOffset? GetNextExpiration(DateTimeOffset now) =>
        Expirations.Where(end => end > now).Select(end => (DateTimeOffset?)end).Min() ?? GetLastExpiration(now);

    /// <summary>Returns the latest expiration or renewal deadline that has passed; null if none has.</summary>
    internal DateTimeOffset? GetLastExpiration(DateTimeOffset now) =>
        Expirations.Concat(PartRenewalDeadlines).Where(end => end <= now).Select(end => (DateTimeOffset?)end).Max();

    internal bool IsUsableAt(DateTimeOffset now) => (ValidFrom is null || now >= ValidFrom) && (ExpiresAt is null || now < ExpiresAt);
}
