namespace CertAuth.Certificates;

/// <summary>The result of verifying the path of a certificate, with everything that is needed to verify the certificate again.</summary>
/// <remarks>It does not reference the trust bundle or its revocation lists, so replaced ones can be garbage-collected. Immutable. Safe for
/// concurrent use.</remarks>
internal sealed class PathEvidence
{
    /// <summary>The maximum total size, in bytes, of the leaf and the other certificates that the peer sent, up to which all of them are
    /// kept and the outcome is cached. Of a larger chain, only the certificates of the path are kept. The limit bounds the memory that a
    /// peer can make its connection use.</summary>
    internal const int MaxSentBytes = 32 * 1024;

    /// <summary>The last second at which every certificate of the path is valid, including the trusted one.</summary>
    internal required DateTimeOffset NotAfter { get; init; }

    /// <summary>The first second for which the same bundle, with its revocation lists, gives the same outcome.</summary>
    internal required DateTimeOffset HoldsFrom { get; init; }

    /// <summary>The last second for which the same bundle, with its revocation lists, gives the same outcome.</summary>
    internal required DateTimeOffset HoldsUntil { get; init; }

    /// <summary>The SHA-256 of the certificate that verified the signature of the leaf; empty if the leaf is itself in the
    /// bundle.</summary>
    internal ReadOnlyMemory<byte> IssuerSha256 { get; init; }

    /// <summary>The SHA-256 of that certificate's SubjectPublicKeyInfo; empty if the leaf is itself in the bundle.</summary>
    internal ReadOnlyMemory<byte> IssuerKeySha256 { get; init; }

    /// <summary>An object that identifies the bundle that verified the path. It is compared by reference.</summary>
    internal required object VerifiedBy { get; init; }

    /// <summary>The certificates that the peer sent after its own, DER-encoded and in its order. If they are larger than
    /// <see cref="MaxSentBytes"/>, only the intermediates of the path.</summary>
    internal required ReadOnlyMemory<byte>[] Sent { get; init; }

    /// <summary>Returns whether the bundle that verified the path also accepts it at this second.</summary>
    internal bool HoldsAt(DateTimeOffset second) => HoldsFrom <= second && second <= HoldsUntil;
}
