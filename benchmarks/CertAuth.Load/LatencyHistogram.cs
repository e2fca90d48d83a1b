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

    private static readonly (string Name, double Share)[] s_percentiles =
        [("p50", 0.5), ("p90", 0.9), ("p99", 0.99), ("p99.9", 0.999), ("p99.99", 0.9999), ("max", 1)];

    private readonly long[] _counts = new long[(Octaves + 1) * SubBuckets];
    private long _max;

    internal long Count { get; private set; }

    internal void Add(long ticks)
    {
        // Each duration below 128 has its own bucket. From 128 on, each power of two has 64 buckets.
        int octave = Math.Max(0, BitOperations.Log2((ulong)ticks) - SubBucketBits);
        _counts[Math.Min((octave * SubBuckets) + (int)(ticks >> octave), _counts.Length - 1)]++;
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

    /// <summary>Returns the percentiles by name, in microseconds.</summary>
    internal IReadOnlyDictionary<string, double> GetPercentiles() =>
        s_percentiles.ToDictionary(p => p.Name, p => GetTicks(p.Share) * 1e6 / Stopwatch.Frequency);

    // The upper bound of the bucket that contains the percentile.
    private long GetTicks(double share)
    {
        long rank = Math.Max(1, (long)Math.Ceiling(share * Count));
        int i = 0;
        for (long seen = _counts[0]; seen < rank; seen += _counts[i])
            i++;
        int octave = Math.Max(0, (i / SubBuckets) - 1);
        return share < 1 ? Math.Min(((i - (octave * SubBuckets) + 1L) << octave) - 1, _max) : _max;
    }
}
