using CertAuth.Certificates;
using CertAuth.Keys;

namespace CertAuth.Trust;

/// <summary>Checks the certificates of a path against the revocation lists (RFC 5280, 6.3). Each list is complete and signed by the issuer
/// itself.</summary>
internal sealed class RevocationChecker(IReadOnlyList<RevocationList> lists, TrustBundleOptions options, VerificationTime time)
{
    /// <summary>Returns a rejection if the certificate is revoked, or if its revocation status is unknown and the options do not accept
    /// that; otherwise, null.</summary>
    /// <param name="certificate">The certificate.</param>
    /// <param name="issuer">The issuer of the certificate, whose signature was verified.</param>
    /// <param name="validity">The period for which the revocation status stays the same, if the method returns null.</param>
    internal Rejection? Check(ParsedCertificate certificate, PathCertificate issuer, out ValidityPeriod validity)
    {
        validity = ValidityPeriod.Always;
        bool isInFiles = false;
        bool hasList = false;
        bool hasCurrentList = false;
        DateTimeOffset latest = default;
        DateTimeOffset firstLater = DateTimeOffset.MaxValue;
        foreach (RevocationList list in lists)
        {
            if (!list.IsIssuedBy(issuer))
                continue;
            if (list.TryGetRevocationTime(certificate.Fields.SerialNumber.Slice(certificate.Der.Span), out DateTimeOffset revokedAt))
            {
                return new(
                    RejectionReason.CertificateRevoked,
                    () => new("a certificate that is not revoked", $"{CertificateRules.Describe(certificate)}, revoked at {revokedAt:u}"));
            }

            // The lists of the files come first. All entries of a kept list revoke, but it proves that a certificate is not revoked only if
            // the files contain a list of the same issuer.
            isInFiles |= !list.IsKept;
            if (!isInFiles || !CanProveNotRevoked(list, issuer, options))
                continue;
            if (time.IsBefore(list.ThisUpdate))
            {
                firstLater = list.ThisUpdate < firstLater ? list.ThisUpdate : firstLater;
                continue;
            }

            hasList = true;
            validity = validity.From(list.ThisUpdate);
            latest = list.NextUpdate > latest ? list.NextUpdate : latest;
            if (!time.IsAfter(list.NextUpdate))
            {
                hasCurrentList = true;
                validity = validity.Until(list.NextUpdate);
            }
        }

        if (hasCurrentList || lists.Count == 0)
            return null;
        if (hasList)
            return RejectStale(issuer, latest);
        if (options.MissingRevocationList != RevocationListPolicy.Accept)
            return RejectMissing(issuer);

        // A list that is not valid yet counts as missing only until its thisUpdate.
        validity = validity.Until(firstLater.AddSeconds(-1));
        return null;
    }

    private static Rejection RejectMissing(PathCertificate issuer) => new(
        RejectionReason.RevocationListMissing,
        () => new($"a revocation list of {CertificateRules.Describe(issuer.Certificate)}", "no usable list of this CA"));

    private Rejection? RejectStale(PathCertificate issuer, DateTimeOffset nextUpdate)
    {
        if (options.StaleRevocationList == RevocationListPolicy.Accept)
            return null;

        return new(RejectionReason.RevocationListStale, () => new(
            $"a revocation list of {CertificateRules.Describe(issuer.Certificate)} that is valid at {time.Now:u}",
            $"a list that was valid until {nextUpdate:u}"));
    }

    /// <summary>Returns whether a list of an issuer can prove that a certificate is not revoked: the list is signed with a strong
    /// algorithm, and the issuer may sign lists (RFC 5280, 6.3.3 (f)).</summary>
    /// <remarks>The entries of a list revoke even if these conditions are not met.</remarks>
    internal static bool CanProveNotRevoked(RevocationList list, PathCertificate issuer, TrustBundleOptions options) =>
        KeyPolicy.IsStrong(list.Scheme, options.AllowedWeakAlgorithms)
        && (issuer.Certificate.Fields.Extensions.KeyUsage is not { } usage || usage.HasFlag(KeyUsages.CrlSign));
}
