namespace CertAuth.Certificates;

/// <summary>The result of verifying the path of a certificate, with everything that is needed to verify the certificate again.</summary>
/// <remarks>It does not reference the trust bundle or its revocation lists, so replaced ones can be garbage-collected. Immutable. Safe for
/// concurrent use.</remarks>
internal sealed class PathEvidence
{
    /// <summary>The last second at which every certificate of the path is valid, including the trusted one.</summary>
    internal required DateTimeOffset NotAfter { get; init; }

    /// <summary>The period for which the same bundle, with its revocation lists, gives the same outcome.</summary>
    internal required ValidityPeriod Validity { get; init; }

    /// <summary>The SHA-256 of the certificate that verified the signature of the leaf; empty if the leaf is an anchor.</summary>
    internal ReadOnlyMemory<byte> IssuerSha256 { get; init; }

    /// <summary>The SHA-256 of that certificate's SubjectPublicKeyInfo; empty if the leaf is an anchor.</summary>
    internal ReadOnlyMemory<byte> IssuerKeySha256 { get; init; }

    /// <summary>An object that identifies the bundle that verified the path. It is compared by reference.</summary>
    internal required object VerifiedBy { get; init; }

    /// <summary>The certificates that the peer sent after its own, DER-encoded and in its order. If they are larger than
    /// <see cref="CertificateBounds.MaxSentBytes"/>, only the intermediates of the path.</summary>
    internal required ReadOnlyMemory<byte>[] Sent { get; init; }
}
