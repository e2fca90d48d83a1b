namespace CertAuth.Reloading;

/// <summary>A material that is read from files or fetched, and replaced while logins run. It is reloaded at intervals, on request, and
/// early when a login needs something that it does not contain.</summary>
/// <remarks>
/// <para>A reload compares content, not dates. The material in use stays if the content has not changed or cannot be used, and a valid
/// material is never replaced by one that has expired or is not valid yet. A replacement is one write of a reference: <see cref="Current"/>
/// returns either the old or the new value, never a mixture. Callers may hold the value for any length of time.</para>
/// <para>Safe for concurrent use. After <see cref="Dispose"/>, nothing is reloaded, and <see cref="Current"/> keeps its value.</para>
/// </remarks>
/// <typeparam name="T">The type of the material: immutable, and without resources to dispose.</typeparam>
public sealed class Reloadable<T> : IRefreshableSource<T>, IMonitoredMaterial, IDisposable
    where T : class
{
    private static readonly TimeSpan s_retryInterval = TimeSpan.FromMinutes(1);

    private readonly MaterialLoader<T> _loader;
    private readonly ReloadOptions _options;
    private readonly TimeSpan _pollInterval;
    private readonly TimeSpan _refreshInterval;
    private readonly ReloadMonitor? _monitor;
    private readonly CancellationTokenSource _stopping = new();
    private readonly ITimer _timer;

    private readonly Lock _queueLock = new();
    private Task<ReloadResult> _runningReload = Task.FromResult(ReloadResult.Unchanged);
    private Task<ReloadResult>? _queuedReload;
    private long? _lastRefresh;

    private Reloadable(MaterialLoader<T> loader, ReloadOptions options, ReloadIntervals intervals)
    {
        _loader = loader;
        _options = options;
        _pollInterval = options.PollInterval ?? intervals.PollInterval;
        _refreshInterval = intervals.RefreshInterval;
        _monitor = options.Monitor;
        _timer = BackgroundWork.Start(
            () => options.TimeProvider.CreateTimer(_ => Poll(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan));
        _monitor?.Add(this);
        _monitor?.CountReload(loader.Name, ReloadOutcome.Loaded);
        _timer.Change(_pollInterval, Timeout.InfiniteTimeSpan);
    }

    /// <inheritdoc/>
    public T Current => _loader.Current;

    /// <summary>Gets the status at the present time.</summary>
    public MaterialStatus Status => _loader.GetStatus();

    MaterialStatus IMonitoredMaterial.Status => Status;

    /// <summary>Reloads the material. Changes that were written before the call are loaded.</summary>
    /// <param name="cancellationToken">A token that cancels the waiting, but not the reload.</param>
    /// <returns>The result. A failed reload is not an exception.</returns>
    /// <exception cref="ObjectDisposedException">The material was disposed.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was canceled.</exception>
    public async Task<ReloadResult> ReloadAsync(CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_stopping.IsCancellationRequested, this);
        return await EnqueueReload().WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    Task<ReloadResult> IMonitoredMaterial.ReloadNowAsync() =>
        _stopping.IsCancellationRequested ? Task.FromResult(ReloadResult.Unchanged) : EnqueueReload();

    /// <inheritdoc/>
    public ValueTask<T> RefreshAsync(T seen, CancellationToken cancellationToken = default)
    {
        // If no reload is started, Current is read again: a reload may have ended in between.
        return ReferenceEquals(Current, seen) && JoinOrStartReload() is { } reload
            ? WaitForNewerAsync(reload, seen, cancellationToken)
            : new(Current);
    }

    /// <summary>Stops all reloads. A running reload is canceled and not awaited.</summary>
    public void Dispose()
    {
        _stopping.Cancel();
        _timer.Dispose();
        _loader.Dispose();
        _monitor?.Remove(this);
    }

    /// <summary>Loads the material for the first time, and starts the timer of reloads.</summary>
    /// <exception cref="InvalidDataException">The content cannot be read or used. The message says why.</exception>
    internal static async Task<Reloadable<T>> OpenAsync(
        IMaterialOrigin origin,
        IMaterialReader<T> reader,
        ReloadOptions options,
        ReloadIntervals intervals,
        CancellationToken cancellationToken)
    {
        MaterialLoader<T> loader = new(origin, reader, options);
        ReloadResult first = await loader.LoadAsync(cancellationToken).ConfigureAwait(false);
        if (!first.HasFailed)
            return new(loader, options, intervals);

        loader.Dispose();
        cancellationToken.ThrowIfCancellationRequested();
        throw new InvalidDataException($"{loader.Name}: {first.Problem}");
    }

    /// <summary>Atomically replaces the value in use with the result of a function of that value.</summary>
    internal void Update(Func<T, T> update) => _loader.Update(update);

    // A running reload may have read the files before the caller wrote them. Therefore one more is queued. All callers share it until it
    // starts.
    private Task<ReloadResult> EnqueueReload()
    {
        lock (_queueLock)
        {
            if (_queuedReload is not null)
                return _queuedReload;
            if (_runningReload.IsCompleted)
                return _runningReload = BackgroundWork.Start(() => Task.Run(RunReloadAsync));
            return _queuedReload = BackgroundWork.Start(
                () => _runningReload
                    .ContinueWith(_ => StartQueuedReload(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default)
                    .Unwrap());
        }
    }

    private Task<ReloadResult> StartQueuedReload()
    {
        lock (_queueLock)
        {
            _runningReload = _queuedReload!;
            _queuedReload = null;
        }

        return RunReloadAsync();
    }

    // Returns the running reload; a new one if the last early reload was long enough ago; otherwise null.
    private Task<ReloadResult>? JoinOrStartReload()
    {
        TimeProvider clock = _options.TimeProvider;
        lock (_queueLock)
        {
            if (!_runningReload.IsCompleted)
                return _runningReload;
            if (_stopping.IsCancellationRequested || (_lastRefresh is { } last && clock.GetElapsedTime(last) < _refreshInterval))
                return null;

            _lastRefresh = clock.GetTimestamp();
            return EnqueueReload();
        }
    }

    private async ValueTask<T> WaitForNewerAsync(Task<ReloadResult> reload, T seen, CancellationToken cancellationToken)
    {
        await reload.WaitAsync(cancellationToken).ConfigureAwait(false);

        // A reload that was already running may have read too early.
        if (ReferenceEquals(Current, seen) && JoinOrStartReload() is { } second)
            await second.WaitAsync(cancellationToken).ConfigureAwait(false);
        return Current;
    }

    private async Task<ReloadResult> RunReloadAsync()
    {
        ReloadResult result = await _loader.LoadAsync(_stopping.Token).ConfigureAwait(false);
        if (!_stopping.IsCancellationRequested)
            _monitor?.CountReload(_loader.Name, result.Outcome);
        return result;
    }

    private void Poll() => EnqueueReload().ContinueWith(
        reload => _timer.Change(GetDelayAfter(reload), Timeout.InfiniteTimeSpan),
        CancellationToken.None,
        TaskContinuationOptions.None,
        TaskScheduler.Default);

    // Most problems do not last: the second of two files is written later, or a server restarts.
    private TimeSpan GetDelayAfter(Task<ReloadResult> reload) =>
        reload is { IsCompletedSuccessfully: true, Result.HasFailed: false } || s_retryInterval >= _pollInterval
            ? _pollInterval
            : s_retryInterval;
}
