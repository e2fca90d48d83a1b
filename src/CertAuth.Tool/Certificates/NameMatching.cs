using CertAuth.Certificates;
using CertAuth.Names;
using CertAuth.Requirements;

namespace CertAuth.Tool.Certificates;

/// <summary>Whether a certificate has the names that a requirement names, whoever issued it.</summary>
internal static class NameMatching
{
    internal static bool MatchesNames(LoginRequirement requirement, ParsedCertificate certificate) =>
        (requirement.Issuer is null || (certificate.TryGetIssuer(out DistinguishedName? issuer, out _) && requirement.Issuer.Equals(issuer)))
        && (requirement.Subject is null || (certificate.TryGetSubject(out DistinguishedName? subject, out _) && requirement.Subject.Equals(subject)))
        && requirement.San?.IsMetBy(certificate) != false;
}
