using System.Collections.Concurrent;

namespace CertAuth;

/// <summary>A small cache by digest, bounded: two generations, of which the older is dropped when the younger is full.</summary>
/// <remarks>What is asked for moves to the younger generation, so that what is in use stays. Safe for concurrent use; no lock on a hit in the younger.</remarks>
internal sealed class BoundedCache<T>(int capacity)
    where T : class
{
    private readonly int _generationSize = Math.Max(1, capacity / 2);
    private readonly Lock _turn = new();
    private volatile ConcurrentDictionary<byte[], T> _young = Create();
    private volatile ConcurrentDictionary<byte[], T> _old = Create();
    private int _added;

    internal bool TryGet(ReadOnlySpan<byte> digest, out T? value)
    {
        if (_young.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(digest, out value))
            return true;
        if (!_old.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(digest, out value))
            return false;

        Set(digest.ToArray(), value);
        return true;
    }

    internal void Set(byte[] digest, T value)
    {
        lock (_turn)
        {
            if (_added >= _generationSize)
            {
                _old = capacity > 1 ? _young : Create();
                _young = Create();
                _added = 0;
            }

            if (_young.TryAdd(digest, value))
                _added++;
            else
                _young[digest] = value;
        }
    }

    /// <summary>How many values are held, at most the capacity.</summary>
    internal int Count => _young.Count + _old.Count;

    private static ConcurrentDictionary<byte[], T> Create() => new(concurrencyLevel: 1, capacity: 31, OctetComparer.Instance);
}
