using System.Collections.Immutable;
using CertAuth.Certificates;
using CertAuth.Names;
using CertAuth.Requirements;

namespace CertAuth.Tool.Certificates;

/// <summary>Compares the names of a certificate that is not necessarily verified with a requirement.</summary>
internal static class NameMatching
{
    /// <summary>Returns whether the issuer, the subject and the alternative names meet the requirement.</summary>
    internal static bool MatchesNames(LoginRequirement requirement, ParsedCertificate certificate) =>
        MatchesIssuer(requirement.Issuer, certificate)
        && MatchesSubject(requirement.Subject, certificate)
        && (requirement.San is null || MatchesSan(requirement.San, certificate.GetSubjectAlternativeNames()));

    private static bool MatchesIssuer(DistinguishedName? required, ParsedCertificate certificate) =>
        required is null || (certificate.TryGetIssuer(out DistinguishedName? issuer, out _) && issuer.Equals(required));

    private static bool MatchesSubject(DistinguishedName? required, ParsedCertificate certificate) =>
        required is null || (certificate.TryGetSubject(out DistinguishedName? subject, out _) && subject.Equals(required));

    // Every required kind must be met. Within a kind, one item is sufficient.
    private static bool MatchesSan(SanRequirement requirement, ImmutableArray<SubjectAlternativeName> names) =>
        requirement.Items.GroupBy(item => item.Kind).All(kind => kind.Any(item => names.Any(item.IsMetBy)));
}
