using System.Diagnostics;
using System.Numerics;

namespace CertAuth.Load;

/// <summary>Durations in buckets that grow with them: 64 to each power of two, so that a percentile is precise to 1.6 %.</summary>
/// <remarks>Its memory is fixed; adding allocates nothing. For one thread.</remarks>
internal sealed class LatencyHistogram
{
    private const int SubBucketBits = 6;
    private const int SubBuckets = 1 << SubBucketBits;

    // Up to some minute in nanoseconds; what is longer counts as that, and Max has it.
    private const int Octaves = 31;

    private readonly long[] _counts = new long[(Octaves + 1) * SubBuckets];
    private long _max;

    internal long Count { get; private set; }

    internal double MaxMicroseconds => Microseconds(_max);

    internal void Add(long ticks)
    {
        _counts[Math.Min(IndexOf(ticks), _counts.Length - 1)]++;
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

    /// <summary>The duration that this share of all did not exceed, as the longest of its bucket.</summary>
    internal double MicrosecondsAt(double share)
    {
        long rank = Math.Max(1, (long)Math.Ceiling(share * Count));
        long seen = 0;
        for (int i = 0; i < _counts.Length; i++)
        {
            seen += _counts[i];
            if (seen >= rank)
                return Microseconds(Math.Min(LongestOf(i), _max));
        }

        return MaxMicroseconds;
    }

    // Below 64, and from 64 to 127, each duration has its bucket; from there on each power of two has 64.
    private static int IndexOf(long ticks)
    {
        int octave = Math.Max(0, BitOperations.Log2((ulong)ticks) - SubBucketBits);
        return (octave * SubBuckets) + (int)(ticks >> octave);
    }

    private static long LongestOf(int index)
    {
        int octave = Math.Max(0, (index / SubBuckets) - 1);
        long first = index - (octave * SubBuckets);
        return ((first + 1) << octave) - 1;
    }

    private static double Microseconds(long ticks) => ticks * 1e6 / Stopwatch.Frequency;
}
