using System.Collections.Concurrent;

namespace CertAuth;

/// <summary>A bounded cache with digests as keys, in two generations: when the current generation is full, it replaces the previous
/// one.</summary>
/// <remarks>A hit in the previous generation adds the value to the current one, so that values in use are kept. Safe for concurrent use; a
/// hit in the current generation takes no lock.</remarks>
/// <param name="capacity">The maximum number of values, at least 1.</param>
/// <typeparam name="T">An immutable type.</typeparam>
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

    /// <summary>Gets the number of values, at most the capacity.</summary>
    internal int Count => _current.Count + _previous.Count;

    private static ConcurrentDictionary<byte[], T> Create() => new(concurrencyLevel: 1, capacity: 31, ByteArrayComparer.Instance);
}
