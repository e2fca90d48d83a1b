using System.Collections.Immutable;
using CertAuth.Certificates;
using CertAuth.Names;
using CertAuth.Requirements;

namespace CertAuth.Tool.Certificates;

/// <summary>Compares the names of a certificate that is not necessarily verified with a requirement.</summary>
internal static class NameMatching
{
    /// <summary>Returns whether the issuer, the subject and the alternative names are those that the requirement demands.</summary>
    internal static bool MatchesNames(LoginRequirement requirement, ParsedCertificate certificate) =>
        (requirement.Issuer is null || (certificate.TryGetIssuer(out DistinguishedName? issuer, out _) && issuer.Equals(requirement.Issuer)))
        && (requirement.Subject is null || (certificate.TryGetSubject(out DistinguishedName? subject, out _) && subject.Equals(requirement.Subject)))
        && (requirement.San is null || HasNames(requirement.San, certificate.GetSubjectAlternativeNames()));

    // Each kind that the requirement names must be met; within a kind any one item is sufficient.
    private static bool HasNames(SanRequirement requirement, ImmutableArray<SubjectAlternativeName> names) =>
        requirement.Items.GroupBy(item => item.Kind).All(kind => kind.Any(item => names.Any(item.IsMetBy)));
}
