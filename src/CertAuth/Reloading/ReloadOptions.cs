using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace CertAuth.Reloading;

/// <summary>The options of reloading a material. Immutable; validated when the material is opened.</summary>
public sealed record ReloadOptions
{
    /// <summary>Gets the name of the material in logs, metrics and the status, from 1 to 64 characters. It must not contain personal data.
    /// Default: null, the kind of the material, such as <c>trust-bundle</c>.</summary>
    public string? Name { get; init; }

    /// <summary>Gets the time from the end of one reload to the next, from 100 milliseconds to 7 days. After a failed reload, the next one
    /// starts after at most one minute. Default: null, which means 10 minutes, or one hour for JWK sets.</summary>
    public TimeSpan? PollInterval { get; init; }

    /// <summary>Gets the time for which changed files must stay the same before they are used, from 0 to 30 seconds. It must be longer than
    /// the pauses of a program that writes the files in place. Before a reload fails, files that cannot be used are read again up to three
    /// times, with this delay before each read. Default: 250 milliseconds.</summary>
    /// <remarks>Files that were last written at least one minute ago are opened without this delay. The delay uses
    /// <see cref="TimeProvider"/>: with a fake clock it ends only when the test advances the clock, unless it is zero.</remarks>
    public TimeSpan SettleDelay { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Gets the maximum time of one read, more than 0 and up to one minute. Default: 10 seconds.</summary>
    public TimeSpan ReadTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Gets the time before an expiration from which the material is <see cref="MaterialHealth.Degraded"/> and a warning is
    /// logged; not negative. Default: 30 days.</summary>
    public TimeSpan ExpiryWarningPeriod { get; init; } = TimeSpan.FromDays(30);

    /// <summary>Gets the time for which a JWK set stays in use without a successful reload. If a reload fails after this time, no token is
    /// accepted until a reload succeeds. It must not be less than <see cref="PollInterval"/>. It can be set only for JWK sets, and for the
    /// application's own readers that have an <see cref="IMaterialReader{T}.StaleFallback"/>. Default: null, no limit.</summary>
    public TimeSpan? MaxAge { get; init; }

    /// <summary>Gets the clock: its UTC time decides about expirations, and its timestamps measure all intervals. Default:
    /// <see cref="TimeProvider.System"/>.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Gets the logger. It may throw; exceptions are ignored. Default: <see cref="NullLogger.Instance"/>.</summary>
    public ILogger Logger { get; init; } = NullLogger.Instance;

    /// <summary>Gets the monitor that collects the status and the metrics. Default: null, no metrics.</summary>
    public ReloadMonitor? Monitor { get; init; }

    internal void ThrowIfInvalid(TimeSpan defaultInterval, bool canBecomeStale)
    {
        List<string> problems = [];
        if (Name is { Length: 0 or > ReloadBounds.MaxNameLength })
            problems.Add($"{nameof(Name)} must have from 1 to {ReloadBounds.MaxNameLength} characters.");
        if (PollInterval is { } interval && (interval < ReloadBounds.MinPollInterval || interval > ReloadBounds.MaxPollInterval))
        {
            problems.Add($"{nameof(PollInterval)} must be from {ReloadBounds.MinPollInterval} to {ReloadBounds.MaxPollInterval}, "
                + $"but is {interval}.");
        }

        if (SettleDelay < TimeSpan.Zero || SettleDelay > ReloadBounds.MaxSettleDelay)
            problems.Add($"{nameof(SettleDelay)} must be from 0 to {ReloadBounds.MaxSettleDelay}, but is {SettleDelay}.");
        if (ReadTimeout <= TimeSpan.Zero || ReadTimeout > ReloadBounds.MaxReadTimeout)
            problems.Add($"{nameof(ReadTimeout)} must be more than 0 and at most {ReloadBounds.MaxReadTimeout}, but is {ReadTimeout}.");
        if (ExpiryWarningPeriod < TimeSpan.Zero)
            problems.Add($"{nameof(ExpiryWarningPeriod)} must not be negative, but is {ExpiryWarningPeriod}.");
        TimeSpan pollInterval = PollInterval ?? defaultInterval;
        if (MaxAge is not null && !canBecomeStale)
            problems.Add($"{nameof(MaxAge)} can be set only for a JWK set, or for a reader that has a stale fallback.");
        else if (MaxAge < pollInterval)
            problems.Add($"{nameof(MaxAge)} must not be less than {nameof(PollInterval)}, which is {pollInterval}, but is {MaxAge}.");
        if (TimeProvider is null || Logger is null)
            problems.Add($"{nameof(TimeProvider)} and {nameof(Logger)} must not be null.");
        if (problems.Count > 0)
            throw new ArgumentException($"{nameof(ReloadOptions)}: {string.Join(' ', problems)}");
    }
}
