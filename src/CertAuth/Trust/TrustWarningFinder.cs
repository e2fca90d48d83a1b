using System.Collections.Immutable;
using CertAuth.Certificates;
using CertAuth.Keys;

namespace CertAuth.Trust;

/// <summary>Finds the warnings about the anchors of a bundle.</summary>
internal static class TrustWarningFinder
{
    internal static ImmutableArray<TrustWarning> Find(ImmutableArray<TrustAnchor> anchors, TrustBundleOptions options)
    {
        HashSet<byte[]> seen = new(ByteArrayComparer.Instance);
        HashSet<byte[]> shared = new(ByteArrayComparer.Instance);
        foreach (TrustAnchor anchor in anchors)
        {
            if (anchor.Issuer.FoldedSubject is { } subject && !seen.Add(subject))
                shared.Add(subject);
        }

        DateTimeOffset now = options.TimeProvider.GetUtcNow();
        return
        [
            .. from anchor in anchors
               from kind in Find(anchor, shared, now, options)
               select new TrustWarning(kind, anchor),
        ];
    }

    private static IEnumerable<TrustWarningKind> Find(
        TrustAnchor anchor, HashSet<byte[]> sharedSubjects, DateTimeOffset now, TrustBundleOptions options)
    {
        ParsedCertificate certificate = anchor.Certificate;
        bool isVersion1Root = CertificateRules.IsVersion1Root(certificate, options);
        bool isCa = certificate.Fields.Extensions.IsCa || isVersion1Root;
        if (anchor.Issuer.FoldedSubject is { } subject && sharedSubjects.Contains(subject))
            yield return TrustWarningKind.SameSubject;
        if (anchor.Issuer.HasIssuedAmbiguousCertificate)
            yield return TrustWarningKind.AmbiguousIssuer;
        if (isVersion1Root)
            yield return TrustWarningKind.Version1Root;
        if (!isCa)
            yield return TrustWarningKind.NotACa;
        else if (certificate.Fields.Extensions.SubjectKeyIdentifier.IsEmpty)
            yield return TrustWarningKind.NoKeyIdentifier;

        if (!certificate.Validity.HasBegun(now))
            yield return TrustWarningKind.NotYetValid;
        else if (certificate.Validity.HasEnded(now))
            yield return TrustWarningKind.Expired;
        else if (certificate.NotAfter - now < options.ExpiryWarningPeriod)
            yield return TrustWarningKind.ExpiresSoon;

        if (isCa && (anchor.Issuer.Key is null || !KeyPolicy.IsUsable(certificate.SubjectPublicKeyInfo)))
            yield return TrustWarningKind.UnusableKey;
        else if (isCa && RejectsEveryPath(anchor.Issuer, options))
            yield return TrustWarningKind.UnusableAsIssuer;
    }

    // Checks the certificate at the end of its validity period, so that only permanent reasons are found.
    private static bool RejectsEveryPath(PathCertificate anchor, TrustBundleOptions options)
    {
        ParsedCertificate certificate = anchor.Certificate;
        bool hasMalformedConstraints =
            certificate.Fields.Extensions.Present.HasFlag(ExtensionKinds.NameConstraints) && anchor.NameConstraints is null;
        return hasMalformedConstraints || anchor.FoldedSubject is null
            || new CertificateRules(options, new(certificate.NotAfter))
                .CheckIssuer(certificate, CertificateRole.Anchor, intermediatesBelow: 0) is not null;
    }
}
