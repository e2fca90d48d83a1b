namespace CertAuth.Reloading;

/// <summary>Something that is read from files or fetched, and replaced while logins run: looked for at intervals, when asked, and when it is found wanting.</summary>
/// <remarks>
/// <para>What is looked for is content, not dates: the same octets again change nothing. What can't be used, or is good for less than what is in use,
/// changes nothing either; what was in use stays. A replacement is one write of a reference: a reader of <see cref="Current"/> has the old or the new, whole,
/// and keeps what it took for as long as it likes.</para>
/// <para>Safe for concurrent use. Disposing ends the looks; <see cref="Current"/> stays what it was.</para>
/// </remarks>
/// <typeparam name="T">Something immutable that needs no disposing.</typeparam>
public sealed class Reloadable<T> : IRefreshableSource<T>, IMonitored, IDisposable
    where T : class
{
    private static readonly TimeSpan s_retryInterval = TimeSpan.FromMinutes(1);

    private readonly LookOut<T> _lookOut;
    private readonly ReloadOptions _options;
    private readonly TimeSpan _pollInterval;
    private readonly TimeSpan _refreshInterval;
    private readonly ReloadMonitor? _monitor;
    private readonly CancellationTokenSource _stopping = new();
    private readonly ITimer _timer;

    private readonly Lock _turn = new();
    private Task<ReloadResult> _running = Task.FromResult(ReloadResult.Unchanged);
    private Task<ReloadResult>? _waiting;
    private long? _lastRefresh;

    private Reloadable(LookOut<T> lookOut, ReloadOptions options, Cadence cadence)
    {
        _lookOut = lookOut;
        _options = options;
        _pollInterval = options.PollInterval ?? cadence.PollInterval;
        _refreshInterval = cadence.RefreshInterval;
        _monitor = options.Monitor;
        _timer = Detached.Start(() => options.TimeProvider.CreateTimer(_ => Poll(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan));
        _monitor?.Watch(this);
        _monitor?.Count(lookOut.Name, ReloadOutcome.Loaded);
        _timer.Change(_pollInterval, Timeout.InfiniteTimeSpan);
    }

    /// <inheritdoc/>
    public T Current => _lookOut.Current;

    /// <summary>What is in use, and how it fares.</summary>
    public MaterialStatus Status => _lookOut.GetStatus();

    /// <summary>Looks for something newer now: whatever was written before the call is seen.</summary>
    /// <param name="cancellationToken">Ends the waiting, not the look.</param>
    /// <exception cref="ObjectDisposedException">The looks have ended.</exception>
    public async Task<ReloadResult> ReloadAsync(CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_stopping.IsCancellationRequested, this);
        return await Enqueue().WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    Task<ReloadResult> IMonitored.LookNowAsync() => _stopping.IsCancellationRequested ? Task.FromResult(ReloadResult.Unchanged) : Enqueue();

    /// <inheritdoc/>
    public ValueTask<T> RefreshAsync(T seen, CancellationToken cancellationToken = default)
    {
        // Read anew where there is no look: one may have ended in between.
        return ReferenceEquals(Current, seen) && FindOrTakeLook() is { } look ? WaitForNewerAsync(look, seen, cancellationToken) : new(Current);
    }

    /// <summary>Ends the looks, one that is under way too. Doesn't wait for it.</summary>
    public void Dispose()
    {
        _stopping.Cancel();
        _timer.Dispose();
        _lookOut.Dispose();
        _monitor?.Forget(this);
    }

    /// <summary>Reads for the first time, and then looks at intervals.</summary>
    /// <exception cref="InvalidDataException">What there is can't be used; the message says why.</exception>
    internal static async Task<Reloadable<T>> OpenAsync(
        IMaterialOrigin origin, IMaterialReader<T> reader, ReloadOptions options, Cadence cadence, CancellationToken cancellationToken)
    {
        LookOut<T> lookOut = new(origin, reader, options);
        ReloadResult first = await lookOut.LookAsync(cancellationToken).ConfigureAwait(false);
        if (!first.HasFailed)
            return new(lookOut, options, cadence);

        lookOut.Dispose();
        cancellationToken.ThrowIfCancellationRequested();
        throw new InvalidDataException($"{lookOut.Name}: {first.Problem}");
    }

    /// <summary>Changes what is in use by its own means, as one step.</summary>
    internal void Change(Func<T, T> change) => _lookOut.Change(change);

    // A look that is under way may have read before the caller's files were written: then another follows, one for all who ask meanwhile.
    private Task<ReloadResult> Enqueue()
    {
        lock (_turn)
        {
            if (_waiting is not null)
                return _waiting;
            if (_running.IsCompleted)
                return _running = Detached.Start(() => Task.Run(LookAsync));
            return _waiting = Detached.Start(
                () => _running.ContinueWith(_ => StartWaiting(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default).Unwrap());
        }
    }

    private Task<ReloadResult> StartWaiting()
    {
        lock (_turn)
        {
            _running = _waiting!;
            _waiting = null;
        }

        return LookAsync();
    }

    // The look that is under way, or one's own where the last was long enough ago, or none.
    private Task<ReloadResult>? FindOrTakeLook()
    {
        TimeProvider clock = _options.TimeProvider;
        lock (_turn)
        {
            if (!_running.IsCompleted)
                return _running;
            if (_stopping.IsCancellationRequested || (_lastRefresh is { } last && clock.GetElapsedTime(last) < _refreshInterval))
                return null;

            _lastRefresh = clock.GetTimestamp();
            return Enqueue();
        }
    }

    private async ValueTask<T> WaitForNewerAsync(Task<ReloadResult> look, T seen, CancellationToken cancellationToken)
    {
        await look.WaitAsync(cancellationToken).ConfigureAwait(false);

        // One that was under way may have begun too early.
        if (ReferenceEquals(Current, seen) && FindOrTakeLook() is { } second)
            await second.WaitAsync(cancellationToken).ConfigureAwait(false);
        return Current;
    }

    private async Task<ReloadResult> LookAsync()
    {
        ReloadResult result = await _lookOut.LookAsync(_stopping.Token).ConfigureAwait(false);
        if (!_stopping.IsCancellationRequested)
            _monitor?.Count(_lookOut.Name, result.Outcome);
        return result;
    }

    private void Poll() => Enqueue().ContinueWith(
        look => _timer.Change(NextPollAfter(look), Timeout.InfiniteTimeSpan), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);

    // What is wrong is mended before long, as a rule: one file of two that comes later, a server that is started again.
    private TimeSpan NextPollAfter(Task<ReloadResult> look) =>
        look is { IsCompletedSuccessfully: true, Result.HasFailed: false } || s_retryInterval >= _pollInterval
            ? _pollInterval
            : s_retryInterval;

    MaterialStatus IMonitored.Status => Status;
}

/// <summary>How often something is looked for.</summary>
/// <param name="PollInterval">Unless the options say otherwise.</param>
/// <param name="RefreshInterval">Shortest time between two looks because it was found wanting.</param>
internal readonly record struct Cadence(TimeSpan PollInterval, TimeSpan RefreshInterval);
