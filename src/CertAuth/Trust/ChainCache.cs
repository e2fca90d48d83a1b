using System.Security.Cryptography;
using CertAuth.Certificates;

namespace CertAuth.Trust;

/// <summary>A cache of the verdicts of one bundle. The key is a digest of everything that a peer sent.</summary>
/// <remarks>An acceptance is used while every certificate and revocation list of the path is valid. A rejection is used for at most five
/// seconds, and never past the beginning or end of a validity period that it depends on. Rejections are stored separately, so that junk
/// cannot evict acceptances. Safe for concurrent use.</remarks>
internal sealed class ChainCache
{
    private static readonly TimeSpan s_rejectionLifetime = TimeSpan.FromSeconds(5);

    private readonly BoundedCache<ChainOutcome> _accepted = new(TrustBounds.MaxCachedAcceptances);
    private readonly BoundedCache<ChainOutcome> _rejected = new(TrustBounds.MaxCachedRejections);

    internal ChainOutcome? Find(ReadOnlySpan<byte> key, DateTimeOffset now)
    {
        if (_accepted.TryGet(key, out ChainOutcome? outcome) && outcome!.Validity.Contains(now))
            return outcome;
        return _rejected.TryGet(key, out outcome) && outcome!.Validity.Contains(now) ? outcome : null;
    }

    internal void Add(byte[] key, ChainOutcome outcome) => (outcome.Verified is null ? _rejected : _accepted).Set(key, outcome);

    /// <summary>Returns whether the certificates that a peer sent are small enough to be cached.</summary>
    internal static bool IsCacheable(ReadOnlySpan<byte> leaf, ReadOnlySpan<ReadOnlyMemory<byte>> intermediates)
    {
        long bytes = leaf.Length;
        foreach (ReadOnlyMemory<byte> intermediate in intermediates)
            bytes += intermediate.Length;
        return bytes <= TrustBounds.MaxCachedChainBytes;
    }

    /// <summary>Returns the period for which a rejection that is made now may be cached.</summary>
    // A period includes its last second, so that second begins one second before the end.
    internal static ValidityPeriod GetRejectionPeriod(DateTimeOffset now) => new(
        now,
        DateTimeOffset.MaxValue - now > s_rejectionLifetime
            ? now + s_rejectionLifetime - TimeSpan.FromSeconds(1)
            : DateTimeOffset.MaxValue);

    /// <summary>Computes the key for the certificates that a peer sent: their number and a digest of their digests.</summary>
    internal static byte[] ComputeKey(ReadOnlySpan<byte> leaf, ReadOnlySpan<ReadOnlyMemory<byte>> intermediates)
    {
        // Without the number, a single leaf whose bytes are the digests of several certificates would have the same key as these.
        byte[] key = new byte[1 + SHA256.HashSizeInBytes];
        key[0] = (byte)intermediates.Length;
        Span<byte> digest = key.AsSpan(1);
        SHA256.HashData(leaf, digest);
        if (intermediates.IsEmpty)
            return key;

        byte[] digests = new byte[(1 + intermediates.Length) * SHA256.HashSizeInBytes];
        digest.CopyTo(digests);
        for (int i = 0; i < intermediates.Length; i++)
            SHA256.HashData(intermediates[i].Span, digests.AsSpan((i + 1) * SHA256.HashSizeInBytes));
        SHA256.HashData(digests, digest);
        return key;
    }
}
