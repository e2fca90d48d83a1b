using System.Collections.Immutable;

namespace CertAuth.Trust;

/// <summary>Finds the certificates of a bundle that the bundle's revocation lists revoke.</summary>
/// <remarks>A serial number identifies a certificate only among those that one key signed, and in practice CAs repeat serial numbers even
/// there. Therefore a list revokes a certificate only if the key that signed the list also signed the certificate.</remarks>
internal static class AnchorRevocation
{
    internal static ImmutableArray<TrustAnchor> FindRevoked(ImmutableArray<TrustAnchor> anchors, IReadOnlyList<RevocationList> lists)
    {
        HashSet<TrustAnchor> revoked = [];
        foreach (RevocationList list in lists)
        {
            TrustAnchor[] listed = [.. anchors.Where(anchor => list.TryGetRevocationTime(anchor.Certificate.SerialNumber.Span, out _))];
            if (listed.Length == 0)
                continue;

            PathCertificate[] signers =
                [.. anchors.Select(anchor => anchor.Issuer).Where(list.IsIssuedBy).DistinctBy(GetPublicKey, ByteArrayComparer.Instance)];
            revoked.UnionWith(listed.Where(anchor => Array.Exists(signers, signer => HasIssued(signer, anchor.Issuer))));
        }

        return [.. anchors.Where(revoked.Contains)];
    }

    private static byte[] GetPublicKey(PathCertificate issuer) =>
        issuer.Certificate.SubjectPublicKeyInfo.ToArray();

    // RFC 5280, 6.1: a self-signed CA is trusted because it is in the bundle, so a list that its own key signed does not revoke it.
    // If the signature cannot be checked, the signer is unknown. Then the list applies, unless the certificate may be self-signed.
    private static bool HasIssued(PathCertificate signer, PathCertificate anchor) =>
        anchor.IssuerNameMatches(signer) && !anchor.IsSameAuthority(signer)
        && (anchor.Certificate.IsSignedBy(signer.Key) ?? !anchor.IsSelfIssued);
}
