using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using CertAuth.Reloading;

namespace CertAuth.Tests.Reloading;

/// <summary>Counts the calls of another reader.</summary>
internal sealed class ReadCounter<T>(IMaterialReader<T> inner) : IMaterialReader<T>
    where T : class
{
    private int _count;

    internal int Count => Volatile.Read(ref _count);

    public string Kind => inner.Kind;

    public int MaxBytes => inner.MaxBytes;

    public T? StaleFallback => inner.StaleFallback;

    public T Merge(T current, T next) => inner.Merge(current, next);

    public bool TryRead(
        ImmutableArray<ReadOnlyMemory<byte>> files,
        DateTimeOffset now,
        [NotNullWhen(true)] out Material<T>? material,
        [NotNullWhen(false)] out string? problem)
    {
        Interlocked.Increment(ref _count);
        return inner.TryRead(files, now, out material, out problem);
    }
}
