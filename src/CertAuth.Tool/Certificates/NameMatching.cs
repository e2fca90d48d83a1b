using System.Collections.Immutable;
using CertAuth.Certificates;
using CertAuth.Names;
using CertAuth.Requirements;

namespace CertAuth.Tool.Certificates;

/// <summary>Compares a certificate that is not necessarily verified with a requirement.</summary>
internal static class NameMatching
{
    /// <summary>Returns whether the certificate meets every option of an alternative except CIPHER and ISSUER_KEY, which do not concern
    /// the certificate itself.</summary>
    internal static bool Matches(LoginRequirement requirement, ParsedCertificate certificate) => requirement.Kind switch
    {
        RequirementKind.Malformed => false,
        RequirementKind.Specified => requirement.Alternatives.Any(
            alternative => alternative.Options.All(option => Matches(option, certificate))),
        _ => true,
    };

    private static bool Matches(RequirementOption option, ParsedCertificate certificate) => option switch
    {
        IssuerOption issuer => certificate.TryGetIssuer(out DistinguishedName? name, out _) && name.Equals(issuer.Name),
        SubjectOption subject => certificate.TryGetSubject(out DistinguishedName? name, out _) && name.Equals(subject.Name),
        SubjectContainsOption parts => certificate.TryGetSubject(out DistinguishedName? name, out _) && Contains(name, parts.Name),
        SanOption san => MatchesSan(san.Requirement, certificate.GetSubjectAlternativeNames()),
        CertificateOption pins => pins.Digests.Contains(new(certificate.Sha256.Span)),
        PublicKeyOption pins => pins.Digests.Contains(new(certificate.PublicKeySha256.Span)),
        _ => true,
    };

    // The RDNs occur in this order. Each is compared with the first one that equals it.
    private static bool Contains(DistinguishedName name, DistinguishedName parts) => name.Rdns.Aggregate(
        0, (matched, rdn) => matched < parts.Rdns.Length && parts.Rdns[matched].Equals(rdn) ? matched + 1 : matched) == parts.Rdns.Length;

    // Every required kind must be met. Within a kind, one item is sufficient.
    private static bool MatchesSan(SanRequirement requirement, ImmutableArray<SubjectAlternativeName> names) =>
        requirement.Items.GroupBy(item => item.Kind).All(kind => kind.Any(item => names.Any(item.IsMetBy)));
}
