namespace CertAuth.Load;

/// <summary>A histogram of durations with 64 buckets for each power of two, so that a percentile is precise to 1.6 %.</summary>
/// <remarks>Its memory is fixed, and adding allocates nothing. Not safe for concurrent use.</remarks>
internal sealed class LatencyHistogram
{
    // A bucket is the exponent of a float and the first 6 bits of its fraction.
    private const int DroppedBits = 23 - 6;

    private static readonly (string Name, double Share)[] s_percentiles =
        [("p50", 0.5), ("p90", 0.9), ("p99", 0.99), ("p99.9", 0.999), ("p99.99", 0.9999), ("max", 1)];

    private static readonly int s_first = GetBucket(1);

    // 137 seconds. A longer duration counts in the last bucket and in the maximum.
    private readonly long[] _counts = new long[GetBucket(1L << 37) - s_first + 1];
    private long _max;

    internal long Count { get; private set; }

    internal void Add(long ticks)
    {
        _counts[Math.Clamp(GetBucket(ticks) - s_first, 0, _counts.Length - 1)]++;
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

    private static int GetBucket(long ticks) => BitConverter.SingleToInt32Bits(ticks) >> DroppedBits;

    // The upper bound of the bucket that contains the percentile.
    private double GetTicks(double share)
    {
        long rank = Math.Max(1, (long)Math.Ceiling(share * Count));
        int i = 0;
        for (long seen = _counts[0]; seen < rank; seen += _counts[i])
            i++;
        return share < 1 ? Math.Min(BitConverter.Int32BitsToSingle((i + s_first + 1) << DroppedBits), _max) : _max;
    }
}
