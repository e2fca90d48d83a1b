namespace CertAuth.Reloading;

/// <summary>Something that is read from files or fetched, and replaced while logins run: looked for at intervals, when asked, and when it is found wanting.</summary>
/// <remarks>
/// <para>What is looked for is content, not dates: the same octets again change nothing. What can't be used, or is good for less than what is in use,
/// changes nothing either; what was in use stays. A replacement is one write of a reference: a reader of <see cref="Current"/> has the old or the new, whole,
/// and keeps what it took for as long as it likes.</para>
/// <para>Safe for concurrent use. Disposing ends the looks; <see cref="Current"/> stays what it was.</para>
/// </remarks>
/// <typeparam name="T">Something immutable that needs no disposing.</typeparam>
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
        _timer = BackgroundWork.Start(() => options.TimeProvider.CreateTimer(_ => Poll(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan));
        _monitor?.Add(this);
        _monitor?.CountReload(loader.Name, ReloadOutcome.Loaded);
        _timer.Change(_pollInterval, Timeout.InfiniteTimeSpan);
    }

    /// <inheritdoc/>
    public T Current => _loader.Current;

    /// <summary>What is in use, and how it fares.</summary>
    public MaterialStatus Status => _loader.GetStatus();

    /// <summary>Looks for something newer now: whatever was written before the call is seen.</summary>
    /// <param name="cancellationToken">Ends the waiting, not the look.</param>
    /// <exception cref="ObjectDisposedException">The looks have ended.</exception>
    public async Task<ReloadResult> ReloadAsync(CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_stopping.IsCancellationRequested, this);
        return await EnqueueReload().WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    Task<ReloadResult> IMonitoredMaterial.ReloadNowAsync() => _stopping.IsCancellationRequested ? Task.FromResult(ReloadResult.Unchanged) : EnqueueReload();

    /// <inheritdoc/>
    public ValueTask<T> RefreshAsync(T seen, CancellationToken cancellationToken = default)
    {
        // Read anew where there is no look: one may have ended in between.
        return ReferenceEquals(Current, seen) && JoinOrStartReload() is { } reload ? WaitForNewerAsync(reload, seen, cancellationToken) : new(Current);
    }

    /// <summary>Ends the looks, one that is under way too. Doesn't wait for it.</summary>
    public void Dispose()
    {
        _stopping.Cancel();
        _timer.Dispose();
        _loader.Dispose();
        _monitor?.Remove(this);
    }

    /// <summary>Reads for the first time, and then looks at intervals.</summary>
    /// <exception cref="InvalidDataException">What there is can't be used; the message says why.</exception>
    internal static async Task<Reloadable<T>> OpenAsync(
        IMaterialOrigin origin, IMaterialReader<T> reader, ReloadOptions options, ReloadIntervals intervals, CancellationToken cancellationToken)
    {
        MaterialLoader<T> loader = new(origin, reader, options);
        ReloadResult first = await loader.LoadAsync(cancellationToken).ConfigureAwait(false);
        if (!first.HasFailed)
            return new(loader, options, intervals);

        loader.Dispose();
        cancellationToken.ThrowIfCancellationRequested();
        throw new InvalidDataException($"{loader.Name}: {first.Problem}");
    }

    /// <summary>Changes what is in use by its own means, as one step.</summary>
    internal void Update(Func<T, T> update) => _loader.Update(update);

    // A look that is under way may have read before the caller's files were written: then another follows, one for all who ask meanwhile.
    private Task<ReloadResult> EnqueueReload()
    {
        lock (_queueLock)
        {
            if (_queuedReload is not null)
                return _queuedReload;
            if (_runningReload.IsCompleted)
                return _runningReload = BackgroundWork.Start(() => Task.Run(RunReloadAsync));
            return _queuedReload = BackgroundWork.Start(
                () => _runningReload.ContinueWith(_ => StartQueuedReload(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default).Unwrap());
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

    // The look that is under way, or one's own where the last was long enough ago, or none.
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

        // One that was under way may have begun too early.
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
        reload => _timer.Change(NextPollAfter(reload), Timeout.InfiniteTimeSpan), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);

    // What is wrong is mended before long, as a rule: one file of two that comes later, a server that is started again.
    private TimeSpan NextPollAfter(Task<ReloadResult> reload) =>
        reload is { IsCompletedSuccessfully: true, Result.HasFailed: false } || s_retryInterval >= _pollInterval
            ? _pollInterval
            : s_retryInterval;

    MaterialStatus IMonitoredMaterial.Status => Status;
}
