using CertAuth.Reloading;

namespace CertAuth.Tests.Reloading;

/// <summary>What a test holds in place of a file; null for no file.</summary>
internal sealed class MemoryOrigin : IMaterialOrigin
{
    private int _reads;

    internal byte[]? Content { get; set; }

    /// <summary>Whether it is longer each time that it is read.</summary>
    internal bool Grows { get; set; }

    /// <summary>What a reading waits for.</summary>
    internal Task Gate { get; set; } = Task.CompletedTask;

    internal int Reads => Volatile.Read(ref _reads);

    public bool IsAtomic { get; init; } = true;

    public async ValueTask<OriginReadResult> ReadAsync(ReadOnlyMemory<byte> digestInUse, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _reads);
        if (Grows)
            Content = [.. Content!, 0];
        await Gate.WaitAsync(cancellationToken);
        return Content is { } content ? OriginReadResult.FromFiles([[.. content]]) : OriginReadResult.Failed("The file does not exist.");
    }

    public void Dispose()
    {
    }
}
