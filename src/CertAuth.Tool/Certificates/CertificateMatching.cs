using System.Collections.Immutable;
using CertAuth.Certificates;
using CertAuth.Names;
using CertAuth.Requirements;

namespace CertAuth.Tool.Certificates;

/// <summary>Compares a certificate that is not necessarily verified with a requirement.</summary>
internal static class CertificateMatching
{
    /// <summary>Returns whether the certificate meets every option of an alternative that depends only on the certificate itself.</summary>
    internal static bool Matches(LoginRequirement requirement, ParsedCertificate certificate) => requirement.Kind switch
    {
        RequirementKind.Malformed => false,
        RequirementKind.Specified => requirement.Alternatives.Any(
            alternative => alternative.Options.All(option => Matches(option, certificate))),
        _ => true,
    };

    private static bool Matches(RequirementOption option, ParsedCertificate certificate) => option switch
    {
        IssuerOption required => certificate.TryGetIssuer(out DistinguishedName? name, out _) && name.Equals(required.Name),
        SubjectOption required => certificate.TryGetSubject(out DistinguishedName? name, out _) && name.Equals(required.Name),
        SubjectContainsOption required => certificate.TryGetSubject(out DistinguishedName? name, out _) && Contains(name, required.Name),
        SanOption san => MatchesSan(san.Requirement, certificate.GetSubjectAlternativeNames()),
        CertificateOption pins => pins.Digests.Contains(new(certificate.Sha256.Span)),
        PublicKeyOption pins => pins.Digests.Contains(new(certificate.PublicKeySha256.Span)),

        // CIPHER and ISSUER_KEY: the connection and the path decide.
        _ => true,
    };

    // The required RDNs occur in this order; others may stand between them. Each is matched with the first RDN that equals it.
    private static bool Contains(DistinguishedName name, DistinguishedName required)
    {
        int matched = 0;
        foreach (RelativeDistinguishedName rdn in name.Rdns)
            matched += matched < required.Rdns.Length && required.Rdns[matched].Equals(rdn) ? 1 : 0;
        return matched == required.Rdns.Length;
    }

    // Every required kind must be met. Within a kind, one item is sufficient.
    private static bool MatchesSan(SanRequirement requirement, ImmutableArray<SubjectAlternativeName> names) =>
        requirement.Items.GroupBy(item => item.Kind).All(kind => kind.Any(item => names.Any(item.IsMetBy)));
}
