using CertAuth.Certificates;
using CertAuth.Requirements;

namespace CertAuth.Tool.Certificates;

/// <summary>Compares the names of a certificate that is not necessarily verified with a requirement.</summary>
internal static class NameMatching
{
    /// <summary>Returns whether the issuer, the subject and the alternative names are those that the requirement demands.</summary>
    internal static bool MatchesNames(LoginRequirement requirement, ParsedCertificate certificate) =>
        requirement.Issuer?.MatchesDer(certificate.IssuerDer.Span) != false
        && requirement.Subject?.MatchesDer(certificate.SubjectDer.Span) != false
        && requirement.San?.IsMetBy(certificate) != false;
}
