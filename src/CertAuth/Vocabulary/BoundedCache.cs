using System.Collections.Concurrent;

namespace CertAuth;

/// <summary>A small cache by digest, bounded: two generations, of which the older is dropped when the younger is full.</summary>
/// <remarks>What is asked for moves to the younger generation, so that what is in use stays. Safe for concurrent use; no lock on a hit in
/// the younger.</remarks>
internal sealed class BoundedCache<T>(int capacity)
    where T : class
{
    private readonly int _generationSize = Math.Max(1, capacity / 2);
    private readonly Lock _lock = new();
    private volatile ConcurrentDictionary<byte[], T> _current = Create();
    private volatile ConcurrentDictionary<byte[], T> _previous = Create();
    private int _added;

    internal bool TryGet(ReadOnlySpan<byte> digest, out T? value)
    {
        if (_current.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(digest, out value))
            return true;
        if (!_previous.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(digest, out value))
            return false;

        Set(digest.ToArray(), value);
        return true;
    }

    internal void Set(byte[] digest, T value)
    {
        lock (_lock)
        {
            if (_added >= _generationSize)
            {
                _previous = capacity > 1 ? _current : Create();
                _current = Create();
                _added = 0;
            }

            if (_current.TryAdd(digest, value))
                _added++;
            else
                _current[digest] = value;
        }
    }

    /// <summary>How many values are held, at most the capacity.</summary>
    internal int Count => _current.Count + _previous.Count;

    private static ConcurrentDictionary<byte[], T> Create() => new(concurrencyLevel: 1, capacity: 31, ByteArrayComparer.Instance);
}
