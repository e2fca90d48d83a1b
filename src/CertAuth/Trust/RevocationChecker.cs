using CertAuth.Certificates;

namespace CertAuth.Trust;

/// <summary>Asks the configured revocation lists about the certificates of a path (RFC 5280, 6.3, with complete lists of the issuer itself).</summary>
internal sealed class RevocationChecker(IReadOnlyList<RevocationList> lists, TrustBundleOptions options, VerificationTime time)
{
    /// <summary>Null when the certificate isn't revoked; narrows the time for which that is known.</summary>
    internal Rejection? Check(ParsedCertificate certificate, PathCertificate issuer, ref ValidityWindow window)
    {
        bool isInFiles = false;
        bool isAny = false;
        bool isCurrent = false;
        DateTimeOffset latest = default;
        DateTimeOffset firstLater = DateTimeOffset.MaxValue;
        foreach (RevocationList list in lists)
        {
            if (!list.IsIssuedBy(issuer))
                continue;
            if (list.TryFind(certificate.Fields.SerialNumber.Slice(certificate.Der.Span), out DateTimeOffset revokedAt))
                return new(RejectionReason.CertificateRevoked, () => new("not revoked", $"{CertificateRules.Describe(certificate)}, revoked {revokedAt:u}"));

            // The lists of the files come first. A kept one revokes; it clears only beside one of the same issuer in the files.
            isInFiles |= !list.IsKept;
            if (!isInFiles || !CanProveNotRevoked(list, issuer, options))
                continue;
            if (time.IsBefore(list.ThisUpdate))
            {
                firstLater = list.ThisUpdate < firstLater ? list.ThisUpdate : firstLater;
                continue;
            }

            isAny = true;
            window = window.Narrow(list.ThisUpdate, window.Until);
            latest = list.NextUpdate > latest ? list.NextUpdate : latest;
            if (!time.IsAfter(list.NextUpdate))
            {
                isCurrent = true;
                window = window.Narrow(window.From, list.NextUpdate);
            }
        }

        if (isCurrent || lists.Count == 0)
            return null;
        if (isAny)
            return RejectStale(issuer, latest);
        if (options.MissingRevocationList != RevocationListPolicy.Accept)
            return Missing(issuer);

        // A list that begins later is no longer missing from then on, and can become stale.
        window = window.Narrow(window.From, firstLater.AddTicks(-1));
        return null;
    }

    private static Rejection Missing(PathCertificate issuer) => new(
        RejectionReason.RevocationListMissing, () => new($"a revocation list of {CertificateRules.Describe(issuer.Certificate)}", null));

    private Rejection? RejectStale(PathCertificate issuer, DateTimeOffset nextUpdate) => options.StaleRevocationList == RevocationListPolicy.Accept ? null : new(
        RejectionReason.RevocationListStale,
        () => new($"a revocation list of {CertificateRules.Describe(issuer.Certificate)} for {time.Now:u}", $"one until {nextUpdate:u}"));

    // What a list says is revoked is revoked, whatever its date, hash or issuer's key usage. That the rest isn't is believed of a list whose
    // issuer may sign lists (RFC 5280, 6.3.3 (f)), and which is signed strongly.
    internal static bool CanProveNotRevoked(RevocationList list, PathCertificate issuer, TrustBundleOptions options) =>
        CertificateRules.IsStrong(list.Scheme, options)
        && (issuer.Certificate.Fields.Extensions.KeyUsage is not { } usage || usage.HasFlag(KeyUsages.CrlSign));
}

/// <summary>The time for which an outcome is known to hold, both ends included.</summary>
internal readonly record struct ValidityWindow(DateTimeOffset From, DateTimeOffset Until)
{
    internal ValidityWindow Narrow(DateTimeOffset from, DateTimeOffset until) => new(from > From ? from : From, until < Until ? until : Until);

    internal bool Contains(DateTimeOffset time) => From <= time && time <= Until;
}
