using System.Diagnostics;
using System.Globalization;
using CertAuth.Certificates;
using CertAuth.Trust;
using FluentAssertions.Execution;
using static CertAuth.Tests.Support.TrustExtensions;

namespace CertAuth.Tests.Trust;

/// <summary>The work of one verification, counted with a new bundle, so that nothing is cached.</summary>
/// <param name="Reason">The reason of the rejection, or none.</param>
/// <param name="Signatures">The number of signatures that were checked. A key is imported only to check one, and only the bytes of one
/// certificate are hashed for it.</param>
/// <param name="Steps">The number of steps to intermediates.</param>
/// <param name="NameComparisons">The number of comparisons of names with the subtrees of name constraints.</param>
/// <param name="Bytes">The number of allocated bytes.</param>
internal sealed record VerificationCost(RejectionReason Reason, int Signatures, int Steps, int NameComparisons, long Bytes)
{
    // The maximum work for one leaf, whatever the peer sends with it. A check with the slowest key takes about a millisecond, so the total
    // is about a quarter of a second on an idle machine.
    private const int MaxSignatures = 100, MaxSteps = 1001, MaxNameComparisons = 300_000, MaxBytes = 50_000_000;

    // For the output only, because the time depends on the machine and its load.
    private TimeSpan Time { get; init; }

    internal static VerificationCost Measure(
        ReadOnlyMemory<byte> leaf, IReadOnlyList<ReadOnlyMemory<byte>> sent, params TestCertificate[] anchors)
    {
        ReadOnlyMemory<byte>[] intermediates = [.. sent];
        TrustBundle bundle = Bundle(anchors);
        long before = GC.GetAllocatedBytesForCurrentThread();
        long start = Stopwatch.GetTimestamp();
        bundle.TryVerify(leaf.Span, intermediates, out _, out Rejection? rejection);
        TimeSpan time = Stopwatch.GetElapsedTime(start);
        long bytes = GC.GetAllocatedBytesForCurrentThread() - before;

        RejectionReason reason = rejection?.Reason ?? RejectionReason.None;
        return reason != RejectionReason.CertificateTooLarge
            && ParsedCertificate.TryParse(leaf.Span, out ParsedCertificate? certificate, out _)
            ? Search(certificate, intermediates, bundle, reason) with { Bytes = bytes, Time = time }
            : new(reason, 0, 0, 0, bytes) { Time = time };
    }

    internal void AssertIsBounded(RejectionReason? expected)
    {
        using AssertionScope scope = new(ToString());
        Signatures.Should().BeLessThanOrEqualTo(MaxSignatures);
        Steps.Should().BeLessThanOrEqualTo(MaxSteps);
        NameComparisons.Should().BeLessThanOrEqualTo(MaxNameComparisons);
        Bytes.Should().BeLessThanOrEqualTo(MaxBytes);
        Reason.Should().Be(expected ?? Reason);

        // If no certificate names a CA of the bundle, or the leaf is too large, no signature is checked.
        if (Reason is RejectionReason.UntrustedIssuer or RejectionReason.CertificateTooLarge)
            Signatures.Should().Be(0);
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Reason}: {Signatures} signatures, {Steps} steps, {NameComparisons} comparisons, {Bytes / 1e6:F2} MB, "
        + $"{Time.TotalMilliseconds:F1} ms");

    // Repeats the search outside the bundle to read its counters.
    private static VerificationCost Search(
        ParsedCertificate leaf, IReadOnlyList<ReadOnlyMemory<byte>> sent, TrustBundle bundle, RejectionReason reason)
    {
        TrustBundleOptions options = new();
        VerificationTime time = new(options.TimeProvider.GetUtcNow());
        List<PathCertificate> intermediates = [];
        foreach (ReadOnlyMemory<byte> der in sent)
        {
            if (ParsedCertificate.TryParse(der.Span, out ParsedCertificate? certificate, out _))
                intermediates.Add(new(certificate));
        }

        PathSearch search = new(
            new IssuerIndex([.. bundle.Anchors.Select(anchor => anchor.Issuer)]),
            intermediates,
            new CertificateRules(options, time),
            new RevocationChecker([], options, time),
            options.MaxIntermediates);
        search.TryFind(leaf, out _, out Rejection? rejection);
        (rejection?.Reason ?? RejectionReason.None).Should().Be(reason, "the search that is counted is the same");
        return new(reason, search.SignatureCheckCount, search.StepCount, search.NameComparisonCount, 0);
    }
}
