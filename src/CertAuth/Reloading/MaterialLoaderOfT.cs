using System.Collections.Immutable;
using System.Globalization;
using Microsoft.Extensions.Logging;

namespace CertAuth.Reloading;

/// <summary>Loads a material once, decides whether it replaces the one in use, and logs the result. One load runs at a time.</summary>
internal sealed class MaterialLoader<T>(IMaterialOrigin origin, IMaterialReader<T> reader, ReloadOptions options) : IDisposable
    where T : class
{
    private readonly TimeProvider _clock = options.TimeProvider;
    private readonly ILogger _logger = new NonThrowingLogger(options.Logger);
    private readonly T? _staleFallback = options.MaxAge is null ? null : reader.StaleFallback;
    private readonly ExpirationReporter _expirationReporter = new(options.ExpiryWarningPeriod);
    private readonly Lock _replaceLock = new();

    // Null until the first load succeeds. Replaced by one write, so that readers see a whole generation.
    private volatile Generation? _generation;
    private volatile string? _problem;
    private ReadOnlyMemory<byte> _rejectedDigest;
    private bool _isDisposed;
    private long _lastSuccess;

    internal string Name { get; } = LogText.Escape(options.Name ?? reader.Kind);

    internal T Current => _generation!.Value;

    /// <summary>Ends all replacements. A running load has no effect.</summary>
    public void Dispose()
    {
        lock (_replaceLock)
            _isDisposed = true;
        origin.Dispose();
    }

    /// <summary>Reads the content and replaces the material if it is new and valid. Never throws.</summary>
    internal async Task<ReloadResult> LoadAsync(CancellationToken cancellationToken)
    {
        ReloadResult result;
        try
        {
            result = await ReadSettledAsync(cancellationToken).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // A reader of the application that throws must not end all further reloads.
        catch (Exception e)
#pragma warning restore CA1031
        {
            result = ReloadResult.Failed($"{e.GetType().Name}: {e.Message}");
        }

        if (cancellationToken.IsCancellationRequested)
            return ReloadResult.Failed("The reload was canceled.");
        if (result.HasFailed)
            OnFailure(result);
        else
            OnSuccess();
        return result;
    }

    /// <summary>Atomically replaces the value in use with the result of a function of that value.</summary>
    internal void Update(Func<T, T> update)
    {
        lock (_replaceLock)
            _generation = _generation! with { Value = update(_generation.Value) };
    }

    internal MaterialStatus GetStatus()
    {
        Generation generation = Reevaluate(_generation!);
        string? problem = _problem;
        DateTimeOffset now = _clock.GetUtcNow();
        DateTimeOffset? expires = generation.Material.GetNextExpiration(now);
        bool isUsable = !generation.IsStale && generation.Material.IsUsableAt(now) && IsUsable(generation.Value, ref problem);
        bool isDegraded = problem is not null || generation.Material.NeedsAttention || expires - now <= options.ExpiryWarningPeriod
            || generation.Material.GetLastExpiration(now) is not null;
        return new()
        {
            Name = Name,
            Health = !isUsable ? MaterialHealth.Unhealthy : isDegraded ? MaterialHealth.Degraded : MaterialHealth.Healthy,
            Description = generation.IsStale
                ? "no longer used, because the last successful reload was too long ago"
                : generation.Description,
            LoadedAt = generation.LoadedAt,
            Age = _clock.GetElapsedTime(Volatile.Read(ref _lastSuccess)),
            ExpiresAt = expires,
            TimeToExpiry = expires - now,
            Problem = problem,
            Warnings = generation.Warnings,
        };
    }

    private async Task<ReloadResult> ReadSettledAsync(CancellationToken cancellationToken)
    {
        OriginReadResult reading = await ReadAsync(cancellationToken).ConfigureAwait(false);
        if (origin.IsAtomic)
            return reading.HasFailed ? ReloadResult.Failed(reading.Problem) : Apply(reading);

        // At the start of a process, its files were usually written long ago, and one read is sufficient. Apply clears the content.
        if (_generation is null && reading.IsSettled && Apply(reading) is { HasFailed: false } opened)
            return opened;

        for (int attempt = 1; ; attempt++)
        {
            reading.Dispose();
            if (reading.HasDigest(CurrentDigest))
                return KeepInUse();

            // A file may be half-written, or only one of two replaced: wait, read again, and use only content that has not changed.
            await Task.Delay(options.SettleDelay, _clock, cancellationToken).ConfigureAwait(false);
            OriginReadResult again = await ReadAsync(cancellationToken).ConfigureAwait(false);
            ReloadResult result = again.HasFailed ? ReloadResult.Failed(again.Problem)
                : again.HasDigest(reading.Digest) || again.HasDigest(CurrentDigest) ? Apply(again)
                : ReloadResult.Failed("The files kept changing while they were read.");
            again.Dispose();
            if (!result.HasFailed || attempt == ReloadBounds.MaxReadAttempts)
                return result;
            reading = again;
        }
    }

    private ReadOnlyMemory<byte> CurrentDigest => _generation?.Digest ?? default;

    private ValueTask<OriginReadResult> ReadAsync(CancellationToken cancellationToken) =>
        origin.ReadAsync(CurrentDigest, cancellationToken);

    private ReloadResult Apply(OriginReadResult reading)
    {
        using OriginReadResult cleared = reading;
        if (reading.HasDigest(CurrentDigest))
            return KeepInUse();

        DateTimeOffset now = _clock.GetUtcNow();
        if (!reader.TryRead(reading.Files, now, out Material<T>? material, out string? problem))
            return ReloadResult.Failed(problem ?? "The reader rejected the files and gave no reason.", reading.Digest);
        if (material is null)
            return ReloadResult.Failed("The reader accepted the files and returned no material.", reading.Digest);

        lock (_replaceLock)
        {
            if (_isDisposed)
                return ReloadResult.Failed("The reload was canceled.");
            if (!material.IsUsableAt(now) && _generation is { IsStale: false } inUse && inUse.Material.IsUsableAt(now))
            {
                string validity = now < material.ValidFrom
                    ? $"is not valid before {material.ValidFrom:u}"
                    : $"expired at {material.ExpiresAt:u}";
                return ReloadResult.Failed(
                    string.Create(CultureInfo.InvariantCulture, $"The new material {validity}; the current time is {now:u}."),
                    reading.Digest);
            }

            T? value = _generation is null ? material.Value : reader.Merge(_generation.Value, material.Value);
            if (value is null)
                return ReloadResult.Failed("The reader returned null when it merged the new material with the one in use.", reading.Digest);
            _generation = Reevaluate(new(value, material, reading.Digest, now));
        }

        _expirationReporter.Reset();
        OnLoaded(_generation);
        return ReloadResult.Loaded;
    }

    // The files have not changed, but the effect of their content may change over time.
    private ReloadResult KeepInUse()
    {
        Generation reevaluated;
        lock (_replaceLock)
        {
            reevaluated = Reevaluate(_generation!);
            if (_isDisposed || ReferenceEquals(reevaluated.Value, _generation!.Value))
                return ReloadResult.Unchanged;
            _generation = reevaluated;
        }

        OnLoaded(reevaluated);
        return ReloadResult.Unchanged;
    }

    // Returns the generation with the facts of the present time.
    private Generation Reevaluate(Generation generation)
    {
        if (reader is not IChangingMaterialReader<T> changing || generation.IsStale)
            return generation;

        Material<T> material = changing.Reevaluate(generation.Value);
        return new(material.Value, material, generation.Digest, generation.LoadedAt);
    }

    private bool IsUsable(T value, ref string? problem)
    {
        try
        {
            return reader.IsUsable(value);
        }
#pragma warning disable CA1031 // A reader of the application that throws must not hide the rest of the status.
        catch (Exception e)
#pragma warning restore CA1031
        {
            problem = LogText.Escape($"{e.GetType().Name}: {e.Message}");
            return false;
        }
    }

    private void OnLoaded(Generation generation)
    {
        ReloadLog.Loaded(_logger, Name, generation.Description);
        foreach (string warning in generation.Warnings)
            ReloadLog.LoadedWithWarning(_logger, Name, warning);
    }

    private void OnSuccess()
    {
        Volatile.Write(ref _lastSuccess, _clock.GetTimestamp());
        if (_problem is not null)
            ReloadLog.Recovered(_logger, Name);
        (_problem, _rejectedDigest) = (null, default);
        _expirationReporter.Report(Reevaluate(_generation!).Material, _clock.GetUtcNow(), _logger, Name);
    }

    private void OnFailure(ReloadResult failure)
    {
        if (_generation is null)
            return;

        // The same content may give a different text each time, because the text may contain the current time.
        bool isLogged = _problem == failure.Problem
            || (!failure.RejectedDigest.IsEmpty && failure.RejectedDigest.Span.SequenceEqual(_rejectedDigest.Span));
        if (!isLogged)
            ReloadLog.FailedToReload(_logger, Name, failure.Problem!);
        (_problem, _rejectedDigest) = (failure.Problem, failure.RejectedDigest);
        _expirationReporter.Report(Reevaluate(_generation!).Material, _clock.GetUtcNow(), _logger, Name);
        DropIfStale();
    }

    private void DropIfStale()
    {
        TimeSpan age = _clock.GetElapsedTime(Volatile.Read(ref _lastSuccess));
        if (_staleFallback is not { } staleFallback || age <= options.MaxAge || _generation!.IsStale)
            return;

        ReloadLog.DroppedAsStale(_logger, Name, age);
        lock (_replaceLock)
            _generation = _generation with { Value = staleFallback, Digest = default, IsStale = true };
    }

    private sealed record Generation(T Value, Material<T> Material, ReadOnlyMemory<byte> Digest, DateTimeOffset LoadedAt)
    {
        internal bool IsStale { get; init; }

        internal string Description { get; } = LogText.Escape(Material.Description);

        internal ImmutableArray<string> Warnings { get; } =
            [.. Material.Warnings.Take(ReloadBounds.MaxShownWarnings).Select(warning => LogText.Escape(warning ?? ""))];
    }
}
