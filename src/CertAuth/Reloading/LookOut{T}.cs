using System.Collections.Immutable;
using Microsoft.Extensions.Logging;

namespace CertAuth.Reloading;

/// <summary>Looks once, decides whether what it found comes into use, and tells the operator. One look at a time.</summary>
internal sealed class LookOut<T>(IMaterialOrigin origin, IMaterialReader<T> reader, ReloadOptions options) : IDisposable
    where T : class
{
    /// <summary>How often files are read again within one look while they change or can't be used.</summary>
    internal const int MaxAttempts = 3;

    private const int MaxShownWarnings = 20;

    private readonly TimeProvider _clock = options.TimeProvider;
    private readonly ILogger _logger = new UnfailingLogger(options.Logger);
    private readonly T? _tooOld = options.MaxAge is null ? null : reader.TooOld;
    private readonly ExpiryWatch _expiries = new(options.ExpiryWarning);
    private readonly Lock _replacing = new();

    // Set by the first look that succeeds; all that others see of a look is this one write.
    private volatile Generation? _generation;
    private volatile string? _problem;
    private ReadOnlyMemory<byte> _refused;
    private bool _hasEnded;
    private long _foundAt;

    internal string Name { get; } = LogText.Escape(options.Name ?? reader.Kind);

    internal T Current => _generation!.Value;

    /// <summary>From now on nothing is replaced.</summary>
    public void Dispose()
    {
        lock (_replacing)
            _hasEnded = true;
        origin.Dispose();
    }

    /// <summary>Looks, and never throws.</summary>
    internal async Task<ReloadResult> LookAsync(CancellationToken cancellationToken)
    {
        ReloadResult result;
        try
        {
            result = await FindAsync(cancellationToken).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // A reader of the host's that throws must not end the looks for good.
        catch (Exception e)
#pragma warning restore CA1031
        {
            result = ReloadResult.Failed($"{e.GetType().Name}: {e.Message}");
        }

        if (cancellationToken.IsCancellationRequested)
            return ReloadResult.Failed("The look was ended.");
        if (result.HasFailed)
            OnFailure(result);
        else
            OnSuccess();
        return result;
    }

    /// <summary>Changes what is in use by its own means, as one step.</summary>
    internal void Change(Func<T, T> change)
    {
        lock (_replacing)
            _generation = _generation! with { Value = change(_generation.Value) };
    }

    internal MaterialStatus GetStatus()
    {
        Generation generation = Present(_generation!);
        string? problem = _problem;
        DateTimeOffset now = _clock.GetUtcNow();
        DateTimeOffset? expires = generation.Material.NextEnd(now);
        bool isUsable = !generation.IsTooOld && generation.Material.IsGoodAt(now) && IsUsable(generation.Value, ref problem);
        bool isDegraded = problem is not null || generation.Material.NeedsAttention || expires - now <= options.ExpiryWarning
            || generation.Material.LastEnd(now) is not null;
        return new()
        {
            Name = Name,
            Health = !isUsable ? MaterialHealth.Unhealthy : isDegraded ? MaterialHealth.Degraded : MaterialHealth.Healthy,
            Description = generation.IsTooOld ? "none: no look succeeded for too long" : generation.Description,
            LoadedAt = generation.LoadedAt,
            Age = _clock.GetElapsedTime(Volatile.Read(ref _foundAt)),
            Expires = expires,
            TimeToExpiry = expires - now,
            Problem = problem,
            Warnings = generation.Warnings,
        };
    }

    private async Task<ReloadResult> FindAsync(CancellationToken cancellationToken)
    {
        OriginReading reading = await ReadAsync(cancellationToken).ConfigureAwait(false);
        if (origin.IsWhole)
            return reading.HasFailed ? ReloadResult.Failed(reading.Problem) : Take(reading);

        // When a process starts, its files were usually written long ago, and one reading is enough. Take clears it.
        if (_generation is null && reading.IsSettled && Take(reading) is { HasFailed: false } opened)
            return opened;

        for (int attempt = 1; ; attempt++)
        {
            reading.Dispose();
            if (reading.IsSameAs(InUse))
                return KeepInUse();

            // Written in place, or one file of two: wait, read again, and use only what stayed as it was.
            await Task.Delay(options.SettleDelay, _clock, cancellationToken).ConfigureAwait(false);
            OriginReading again = await ReadAsync(cancellationToken).ConfigureAwait(false);
            ReloadResult result = again.HasFailed ? ReloadResult.Failed(again.Problem)
                : again.IsSameAs(reading.Digest) || again.IsSameAs(InUse) ? Take(again)
                : ReloadResult.Failed("The files kept changing while they were read.");
            again.Dispose();
            if (!result.HasFailed || attempt == MaxAttempts)
                return result;
            reading = again;
        }
    }

    private ReadOnlyMemory<byte> InUse => _generation?.Digest ?? default;

    private ValueTask<OriginReading> ReadAsync(CancellationToken cancellationToken) => origin.ReadAsync(InUse, cancellationToken);

    private ReloadResult Take(OriginReading reading)
    {
        using OriginReading cleared = reading;
        if (reading.IsSameAs(InUse))
            return KeepInUse();

        DateTimeOffset now = _clock.GetUtcNow();
        if (!reader.TryRead(reading.Files, now, out Material<T>? material, out string? problem))
            return ReloadResult.Failed(problem ?? "The reader rejected the files and gave no reason.", reading.Digest);
        if (material is null)
            return ReloadResult.Failed("The reader accepted the files and returned no material.", reading.Digest);

        lock (_replacing)
        {
            if (_hasEnded)
                return ReloadResult.Failed("The look was ended.");
            if (!material.IsGoodAt(now) && _generation is { IsTooOld: false } inUse && inUse.Material.IsGoodAt(now))
            {
                return ReloadResult.Failed(
                    $"What was found is good from {material.ValidFrom?.ToString("u") ?? "ever"} "
                    + $"until {material.Expires?.ToString("u") ?? "ever"}, and it is {now:u}.",
                    reading.Digest);
            }

            T? value = _generation is null ? material.Value : reader.Follow(_generation.Value, material.Value);
            if (value is null)
                return ReloadResult.Failed("The reader returned nothing to follow what is in use.", reading.Digest);
            _generation = Present(new(value, material, reading.Digest, now));
        }

        _expiries.Reset();
        OnLoaded(_generation);
        return ReloadResult.Loaded;
    }

    // The files are the same; what they are good for may have changed with time.
    private ReloadResult KeepInUse()
    {
        Generation present;
        lock (_replacing)
        {
            present = Present(_generation!);
            if (_hasEnded || ReferenceEquals(present.Value, _generation!.Value))
                return ReloadResult.Unchanged;
            _generation = present;
        }

        OnLoaded(present);
        return ReloadResult.Unchanged;
    }

    // The generation with the facts of the present time.
    private Generation Present(Generation generation)
    {
        if (reader is not IChangingMaterialReader<T> changing || generation.IsTooOld)
            return generation;

        Material<T> material = changing.Review(generation.Value);
        return new(material.Value, material, generation.Digest, generation.LoadedAt);
    }

    private bool IsUsable(T value, ref string? problem)
    {
        try
        {
            return reader.IsUsable(value);
        }
#pragma warning disable CA1031 // An application's reader that throws must not hide the status of everything else.
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
            ReloadLog.Warned(_logger, Name, warning);
    }

    private void OnSuccess()
    {
        Volatile.Write(ref _foundAt, _clock.GetTimestamp());
        if (_problem is not null)
            ReloadLog.Recovered(_logger, Name);
        (_problem, _refused) = (null, default);
        _expiries.Tell(Present(_generation!).Material, _clock.GetUtcNow(), _logger, Name);
    }

    private void OnFailure(ReloadResult failure)
    {
        if (_generation is null)
            return;

        // What is wrong with the same content may be told anew each time: what expired, and that it is later now.
        bool isKnown = _problem == failure.Problem || (!failure.Refused.IsEmpty && failure.Refused.Span.SequenceEqual(_refused.Span));
        if (!isKnown)
            ReloadLog.Failed(_logger, Name, failure.Problem!);
        (_problem, _refused) = (failure.Problem, failure.Refused);
        _expiries.Tell(Present(_generation!).Material, _clock.GetUtcNow(), _logger, Name);
        GiveUpWhereTooOld();
    }

    private void GiveUpWhereTooOld()
    {
        TimeSpan age = _clock.GetElapsedTime(Volatile.Read(ref _foundAt));
        if (_tooOld is not { } tooOld || age <= options.MaxAge || _generation!.IsTooOld)
            return;

        ReloadLog.TooOld(_logger, Name, age);
        lock (_replacing)
            _generation = _generation with { Value = tooOld, Digest = default, IsTooOld = true };
    }

    private sealed record Generation(T Value, Material<T> Material, ReadOnlyMemory<byte> Digest, DateTimeOffset LoadedAt)
    {
        internal bool IsTooOld { get; init; }

        internal string Description { get; } = LogText.Escape(Material.Description);

        internal ImmutableArray<string> Warnings { get; } =
            [.. Material.Warnings.Take(MaxShownWarnings).Select(warning => LogText.Escape(warning ?? ""))];
    }
}
