using System.Diagnostics;
using System.Numerics;

namespace CertAuth.Load;

/// <summary>A histogram of durations with 64 buckets for each power of two, so that a percentile is precise to 1.6 %.</summary>
/// <remarks>Its memory is fixed, and adding allocates nothing. Not safe for concurrent use.</remarks>
internal sealed class LatencyHistogram
{
    private const int SubBucketBits = 6;
    private const int SubBuckets = 1 << SubBucketBits;

    // Up to 2^37 ticks, which is 137 seconds with ticks of a nanosecond. A longer duration counts in the last bucket and in the maximum.
    private const int Octaves = 31;

    private readonly long[] _counts = new long[(Octaves + 1) * SubBuckets];
    private long _max;

    internal long Count { get; private set; }

    internal double MaxMicroseconds => ToMicroseconds(_max);

    internal void Add(long ticks)
    {
        _counts[Math.Min(GetIndex(ticks), _counts.Length - 1)]++;
        _max = Math.Max(_max, ticks);
        Count++;
    }

    internal void Add(LatencyHistogram other)
    {
        for (int i = 0; i < _counts.Length; i++)
            _counts[i] += other._counts[i];
        _max = Math.Max(_max, other._max);
        Count += other.Count;
    }

    /// <summary>Returns a percentile in microseconds: the upper bound of its bucket.</summary>
    internal double GetMicroseconds(double share)
    {
        long rank = Math.Max(1, (long)Math.Ceiling(share * Count));
        long seen = 0;
        for (int i = 0; i < _counts.Length; i++)
        {
            seen += _counts[i];
            if (seen >= rank)
                return ToMicroseconds(Math.Min(GetUpperBound(i), _max));
        }

        return MaxMicroseconds;
    }

    // Each duration below 128 has its own bucket. From 128 on, each power of two has 64 buckets.
    private static int GetIndex(long ticks)
    {
        int octave = Math.Max(0, BitOperations.Log2((ulong)ticks) - SubBucketBits);
        return (octave * SubBuckets) + (int)(ticks >> octave);
    }

    private static long GetUpperBound(int index)
    {
        int octave = Math.Max(0, (index / SubBuckets) - 1);
        long first = index - (octave * SubBuckets);
        return ((first + 1) << octave) - 1;
    }

    private static double ToMicroseconds(long ticks) => ticks * 1e6 / Stopwatch.Frequency;
}
