using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace CertAuth.Reloading;

/// <summary>How something is kept up to date. Immutable; checked when it is opened.</summary>
public sealed record ReloadOptions
{
    private static readonly TimeSpan s_minPollInterval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_maxPollInterval = TimeSpan.FromDays(7);
    private static readonly TimeSpan s_maxSettleDelay = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_maxReadTimeout = TimeSpan.FromMinutes(1);
    private const int MaxNameLength = 64;

    /// <summary>What log lines, metrics and the status call it, of at most 64 characters: no user's name. Default: the kind, such as <c>trust-bundle</c>.</summary>
    public string? Name { get; init; }

    /// <summary>Time from the end of one look to the next, from 100 milliseconds to 7 days; a minute at most after one that failed. Default: 10 minutes; an hour for key sets.</summary>
    public TimeSpan? PollInterval { get; init; }

    /// <summary>How long files that changed must stay as they are before they are used, up to 30 seconds: whoever writes them in place needs less. It is
    /// also the time after which files that can't be used are read again before the look is given up. Default: 250 milliseconds.</summary>
    /// <remarks>Files that were last written at least a minute ago are used without this delay when they are opened. The delay runs on
    /// <see cref="TimeProvider"/>: with a fake clock it ends only when the test moves the clock, unless it is zero.</remarks>
    public TimeSpan SettleDelay { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>How long one reading may take, up to a minute. Default: 10 seconds.</summary>
    public TimeSpan ReadTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long before something expires it is warned of, not negative. Default: 30 days.</summary>
    public TimeSpan ExpiryWarningPeriod { get; init; } = TimeSpan.FromDays(30);

    /// <summary>For how long a key set is used though no look succeeds; then no token is accepted until one does. Looked at when a look fails, and not under
    /// the interval of the looks. Key sets alone. Default: null, for as long as it takes.</summary>
    public TimeSpan? MaxAge { get; init; }

    /// <summary>The clock: its wall for expiries, its monotonic timestamps for everything else. Default: the system's.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Where it logs. Default: nowhere.</summary>
    public ILogger Logger { get; init; } = NullLogger.Instance;

    /// <summary>What collects the status and the metrics of several. Default: null, no metrics.</summary>
    public ReloadMonitor? Monitor { get; init; }

    internal void ThrowIfInvalid(TimeSpan defaultInterval, bool canBecomeStale)
    {
        List<string> problems = [];
        if (Name is { Length: 0 or > MaxNameLength })
            problems.Add($"{nameof(Name)} must have from 1 to {MaxNameLength} characters.");
        if (PollInterval is { } interval && (interval < s_minPollInterval || interval > s_maxPollInterval))
            problems.Add($"{nameof(PollInterval)} must be from {s_minPollInterval} to {s_maxPollInterval}, but is {interval}.");
        if (SettleDelay < TimeSpan.Zero || SettleDelay > s_maxSettleDelay)
            problems.Add($"{nameof(SettleDelay)} must be from 0 to {s_maxSettleDelay}, but is {SettleDelay}.");
        if (ReadTimeout <= TimeSpan.Zero || ReadTimeout > s_maxReadTimeout)
            problems.Add($"{nameof(ReadTimeout)} must be over 0 and at most {s_maxReadTimeout}, but is {ReadTimeout}.");
        if (ExpiryWarningPeriod < TimeSpan.Zero)
            problems.Add($"{nameof(ExpiryWarningPeriod)} must not be negative, but is {ExpiryWarningPeriod}.");
        if (MaxAge is { } age && (!canBecomeStale || age < (PollInterval ?? defaultInterval)))
            problems.Add($"{nameof(MaxAge)} must not be under the interval of the looks, and is for key sets alone, but is {age}.");
        if (TimeProvider is null || Logger is null)
            problems.Add($"{nameof(TimeProvider)} and {nameof(Logger)} must not be null.");
        if (problems.Count > 0)
            throw new ArgumentException($"{nameof(ReloadOptions)}: {string.Join(' ', problems)}");
    }
}
