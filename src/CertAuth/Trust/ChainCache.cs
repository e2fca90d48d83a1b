using System.Security.Cryptography;
using CertAuth.Certificates;

namespace CertAuth.Trust;

/// <summary>Remembers outcomes by the digest of all that a peer sent, for one bundle.</summary>
/// <remarks>An acceptance holds as long as every certificate and revocation list of the path. A rejection holds for five seconds at most,
/// and never past the instant at which a validity that it rests on begins or ends; rejections have a segment of their own, so that junk
/// cannot evict acceptances. Safe for concurrent use.</remarks>
internal sealed class ChainCache
{
    /// <summary>Most good outcomes, and most refusals, that are remembered.</summary>
    internal const int MaxAccepted = 1024, MaxRejected = 256;

    /// <summary>Most octets of leaf and intermediates together whose outcome is remembered.</summary>
    internal const int MaxBytes = PathEvidence.MaxSentBytes;

    private static readonly TimeSpan s_rejectionLifetime = TimeSpan.FromSeconds(5);

    private readonly BoundedCache<ChainOutcome> _accepted = new(MaxAccepted);
    private readonly BoundedCache<ChainOutcome> _rejected = new(MaxRejected);

    internal ChainOutcome? Find(ReadOnlySpan<byte> key, DateTimeOffset now)
    {
        if (_accepted.TryGet(key, out ChainOutcome? outcome) && outcome!.Window.Contains(now))
            return outcome;
        return _rejected.TryGet(key, out outcome) && outcome!.Window.Contains(now) ? outcome : null;
    }

    internal void Add(byte[] key, ChainOutcome outcome) => (outcome.Verified is null ? _rejected : _accepted).Set(key, outcome);

    /// <summary>Whether what a peer sent is small enough to be remembered.</summary>
    internal static bool IsCacheable(ReadOnlySpan<byte> leaf, ReadOnlySpan<ReadOnlyMemory<byte>> intermediates)
    {
        long bytes = leaf.Length;
        foreach (ReadOnlyMemory<byte> intermediate in intermediates)
            bytes += intermediate.Length;
        return bytes <= MaxBytes;
    }

    /// <summary>For how long a refusal of now is remembered.</summary>
    internal static ValidityWindow GetRejectionWindow(DateTimeOffset now) =>
        new(now, DateTimeOffset.MaxValue - now > s_rejectionLifetime ? now + s_rejectionLifetime : DateTimeOffset.MaxValue);

    /// <summary>The key of what a peer sent: the number of certificates, and a digest of theirs.</summary>
    internal static byte[] ComputeKey(ReadOnlySpan<byte> leaf, ReadOnlySpan<ReadOnlyMemory<byte>> intermediates)
    {
        // The count keeps apart a certificate and octets that are the digests of several.
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

/// <summary>What became of a chain, and for how long that holds.</summary>
/// <param name="Verified">The verified certificate, or null.</param>
/// <param name="Rejection">Why not, or null.</param>
/// <param name="Window">The time for which it holds.</param>
/// <param name="IsCacheable">Whether the same chain may come again.</param>
internal sealed record ChainOutcome(VerifiedCertificate? Verified, Rejection? Rejection, ValidityWindow Window, bool IsCacheable);
