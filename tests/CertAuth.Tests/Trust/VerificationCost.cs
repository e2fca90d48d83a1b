using System.Diagnostics;
using CertAuth.Testing;
using CertAuth.Trust;
using static CertAuth.Tests.Support.TrustExtensions;

namespace CertAuth.Tests.Trust;

/// <summary>What one verification costs at its best of several runs, each with a bundle of its own, so that nothing is
/// remembered.</summary>
/// <param name="Reason">Its outcome.</param>
/// <param name="Best">The shortest time.</param>
/// <param name="Octets">Octets allocated.</param>
internal sealed record VerificationCost(FailureReason Reason, TimeSpan Best, long Octets)
{
    private const int Runs = 5;

    internal static VerificationCost Measure(
        ReadOnlyMemory<byte> leaf, IReadOnlyList<ReadOnlyMemory<byte>> sent, params TestCertificate[] anchors)
    {
        VerificationCost best = new(default, TimeSpan.MaxValue, 0);
        for (int run = 0; run <= Runs; run++)
        {
            TrustBundle bundle = Bundle(anchors);
            ReadOnlyMemory<byte>[] intermediates = [.. sent];
            long before = GC.GetAllocatedBytesForCurrentThread();
            long start = Stopwatch.GetTimestamp();
            bundle.TryVerify(leaf.Span, intermediates, out _, out Refusal? refusal);
            VerificationCost cost = new(
                refusal?.Reason ?? FailureReason.None, Stopwatch.GetElapsedTime(start), GC.GetAllocatedBytesForCurrentThread() - before);

            // The first run warms up.
            if (run > 0 && cost.Best < best.Best)
                best = cost;
        }

        return best;
    }

    public override string ToString() => FormattableString.Invariant($"{Reason}: {Best.TotalMilliseconds:F1} ms, {Octets / 1e6:F2} MB");
}
