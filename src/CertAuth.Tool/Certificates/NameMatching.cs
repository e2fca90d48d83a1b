using CertAuth.Certificates;
using CertAuth.Requirements;

namespace CertAuth.Tool.Certificates;

/// <summary>Whether a certificate has the names that a requirement names, whoever issued it.</summary>
internal static class NameMatching
{
    internal static bool MatchesNames(LoginRequirement requirement, ParsedCertificate certificate) =>
        requirement.Issuer?.MatchesDer(certificate.IssuerDer.Span) != false
        && requirement.Subject?.MatchesDer(certificate.SubjectDer.Span) != false
        && requirement.San?.IsMetBy(certificate) != false;
}
