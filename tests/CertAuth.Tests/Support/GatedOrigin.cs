using CertAuth.Reloading;

namespace CertAuth.Tests.Support;

/// <summary>An in-memory origin that counts reads. Each read gets the current content and then waits until the gate is open.</summary>
internal sealed class GatedOrigin(byte[] content) : IMaterialOrigin
{
    private TaskCompletionSource _gate = new();
    private TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _readCount;
    private bool _isClosed;

    /// <summary>The current content; null for none.</summary>
    internal volatile byte[]? Content = content;

    public bool IsAtomic => true;

    internal int ReadCount => Volatile.Read(ref _readCount);

    /// <summary>A task that completes when a read waits at the gate.</summary>
    internal Task Reached => _reached.Task;

    public async ValueTask<OriginReadResult> ReadAsync(ReadOnlyMemory<byte> digestInUse, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _readCount);
        byte[]? content = Content;
        if (Volatile.Read(ref _isClosed))
        {
            _reached.TrySetResult();
            await _gate.Task.WaitAsync(cancellationToken);
        }

        return content is not null ? OriginReadResult.FromFiles([[.. content]]) : OriginReadResult.Failed("There is no content.");
    }

    public void Dispose()
    {
    }

    internal void Close()
    {
        _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Volatile.Write(ref _isClosed, true);
    }

    internal void Open()
    {
        Volatile.Write(ref _isClosed, false);
        _gate.TrySetResult();
    }

    internal Task<Reloadable<T>> OpenAsync<T>(IMaterialReader<T> reader, ReloadOptions options)
        where T : class => Reloadable<T>.OpenAsync(
            this, reader, options, new(TimeSpan.FromHours(1), TimeSpan.FromSeconds(30)), TestContext.Current.CancellationToken);
}
