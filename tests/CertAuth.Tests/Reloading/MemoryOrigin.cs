using CertAuth.Reloading;

namespace CertAuth.Tests.Reloading;

/// <summary>An origin of one file in memory.</summary>
internal sealed class MemoryOrigin : IMaterialOrigin
{
    private int _reads;

    /// <summary>The content; null if the file does not exist.</summary>
    internal byte[]? Content { get; set; }

    /// <summary>Whether each read finds the content one byte longer.</summary>
    internal bool Grows { get; set; }

    /// <summary>The task that each read awaits.</summary>
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
