namespace CertAuth.Certificates;

/// <summary>What the verification of a certificate's path leaves behind, so that the certificate can be verified again.</summary>
/// <remarks>It refers to no bundle and no list: those that were replaced can be collected. Immutable; safe for concurrent use.</remarks>
internal sealed class PathEvidence
{
    /// <summary>The maximum number of bytes of the leaf and of what the peer sent beside it: the largest chain whose outcome is cached. Of
    /// a larger one only the path's certificates are kept, so that a peer does not choose how much memory its connection takes.</summary>
    internal const int MaxSentBytes = 32 * 1024;

    /// <summary>The last second at which every certificate of the path is valid, the trusted one included.</summary>
    internal required DateTimeOffset NotAfter { get; init; }

    /// <summary>The first second for which the same bundle gives the same outcome, its revocation lists included.</summary>
    internal required DateTimeOffset HoldsFrom { get; init; }

    /// <summary>The last second for which the same bundle gives the same outcome, its revocation lists included.</summary>
    internal required DateTimeOffset HoldsUntil { get; init; }

    /// <summary>Identifies the bundle that verified the path; equal by reference only.</summary>
    internal required object VerifiedBy { get; init; }

    /// <summary>The certificates that the peer sent beside its own, DER, in its order, or those of the path: see
    /// <see cref="MaxSentBytes"/>.</summary>
    internal required ReadOnlyMemory<byte>[] Sent { get; init; }

    /// <summary>Whether the bundle that verified the path would accept it at this second as well.</summary>
    internal bool HoldsAt(DateTimeOffset second) => HoldsFrom <= second && second <= HoldsUntil;
}
