using CertAuth.Certificates;

namespace CertAuth.Trust;

/// <summary>Asks the configured revocation lists about the certificates of a path (RFC 5280, 6.3, with complete lists of the issuer itself).</summary>
internal sealed class RevocationChecker(IReadOnlyList<RevocationList> lists, TrustBundleOptions options, DateTimeOffset now)
{
    /// <summary>Null when the certificate isn't revoked; narrows the time for which that is known.</summary>
    internal Refusal? Check(ClientCertificate certificate, PathCertificate issuer, ref ValidityWindow window)
    {
        if (lists.Count == 0)
            return null;

        bool isAny = false;
        bool isCurrent = false;
        DateTimeOffset latest = default;
        foreach (RevocationList list in lists)
        {
            if (!IsOf(list, issuer))
                continue;

            // The outcome is known for no longer than the same lists have a say.
            if (list.ThisUpdate > now)
            {
                window = window.Narrow(window.From, list.ThisUpdate.AddSeconds(-1));
                continue;
            }

            if (list.TryFind(certificate.Fields.SerialNumber.In(certificate.Der.Span), out DateTimeOffset revokedAt))
                return new(FailureReason.Revoked, () => new("not revoked", $"{CertificateRules.Describe(certificate)}, revoked {revokedAt:u}"));

            isAny = true;
            window = window.Narrow(list.ThisUpdate, window.Until);
            latest = list.NextUpdate > latest ? list.NextUpdate : latest;
            if (now <= list.NextUpdate)
            {
                isCurrent = true;
                window = window.Narrow(window.From, list.NextUpdate);
            }
        }

        if (isCurrent)
            return null;
        if (isAny)
            return Stale(issuer, latest);
        return options.MissingRevocationList == RevocationListPolicy.Allow ? null : new(
            FailureReason.RevocationListMissing,
            () => new($"a revocation list of {CertificateRules.Describe(issuer.Certificate)}", null));
    }

    private Refusal? Stale(PathCertificate issuer, DateTimeOffset nextUpdate) => options.StaleRevocationList == RevocationListPolicy.Allow ? null : new(
        FailureReason.RevocationListStale,
        () => new($"a revocation list of {CertificateRules.Describe(issuer.Certificate)} for {now:u}", $"one until {nextUpdate:u}"));

    // The issuer's own name and key, and allowed to sign lists (RFC 5280, 6.3.3 (f)). A weak signature counts as none.
    private bool IsOf(RevocationList list, PathCertificate issuer)
    {
        bool maySign = issuer.Certificate.Fields.Extensions.KeyUsage is not { } usage || usage.HasFlag(KeyUsages.CrlSign);
        return maySign && list.FoldedIssuer is { } name && issuer.FoldedSubject is { } subject && name.AsSpan().SequenceEqual(subject)
            && CertificateRules.IsStrong(list.Scheme, options) && list.IsSignedBy(issuer);
    }
}

/// <summary>The time for which an outcome is known to hold, both ends included.</summary>
internal readonly record struct ValidityWindow(DateTimeOffset From, DateTimeOffset Until)
{
    internal static ValidityWindow Always { get; } = new(DateTimeOffset.MinValue, DateTimeOffset.MaxValue);

    internal ValidityWindow Narrow(DateTimeOffset from, DateTimeOffset until) => new(from > From ? from : From, until < Until ? until : Until);

    internal bool Contains(DateTimeOffset time) => From <= time && time <= Until;
}
