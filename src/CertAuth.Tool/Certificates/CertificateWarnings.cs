using CertAuth.Certificates;
using CertAuth.Requirements;
using CertAuth.Tool.Cli;

namespace CertAuth.Tool.Certificates;

/// <summary>Finds what an operator should know of a client's certificate before an account requires it.</summary>
internal static class CertificateWarnings
{
    private const int MinRsaBits = 2048;

    private static readonly TimeSpan s_soon = TimeSpan.FromDays(30);

    internal static IEnumerable<CertificateWarning> Find(ParsedCertificate certificate, CertificateDetails details, LoginRequirement? clause, DateTimeOffset now) =>
    [
        .. NameWarnings.Find("subject", certificate.SubjectDer),
        .. NameWarnings.Find("issuer", certificate.IssuerDer),
        .. FindSan(certificate, clause),
        .. FindTime(certificate, now),
        .. FindStrength(certificate.PublicKey, details),
        .. FindUse(details),
    ];

    private static IEnumerable<CertificateWarning> FindSan(ParsedCertificate certificate, LoginRequirement? clause)
    {
        if (certificate.SanState == SanState.Malformed)
            yield return new("malformed_san", "The subject alternative names are malformed: no bundle verifies this certificate.");
        if (certificate.SanState == SanState.Repeated)
            yield return new("repeated_san", "The extension of subject alternative names stands twice: no bundle verifies this certificate.");

        int leftOut = certificate.GetSubjectAlternativeNames().Distinct().Count() - (clause?.San?.Items.Length ?? 0);
        if (clause is not null && leftOut > 0)
            yield return new("san_left_out", $"{leftOut} of the subject alternative names can't be required and aren't in the clause: it has URI, DNS and IP.");
        if (clause?.San?.Items.Any(item => item.HasWildcard) == true)
        {
            yield return new(
                "san_wildcard", "A * that is a whole path segment stands in a requirement for any segment: other certificates may meet this clause, too.");
        }
    }

    private static IEnumerable<CertificateWarning> FindTime(ParsedCertificate certificate, DateTimeOffset now)
    {
        // Validities are to the second, and their last second counts.
        if (now < certificate.NotBefore)
            yield return new("not_yet_valid", $"It isn't valid yet: from {TerminalText.FormatTime(certificate.NotBefore)} on.");
        else if (now - certificate.NotAfter >= TimeSpan.FromSeconds(1))
            yield return new("expired", $"It has expired: {TerminalText.FormatTime(certificate.NotAfter)}.");
        else if (certificate.NotAfter - now < s_soon)
            yield return new("expires_soon", $"It expires in less than {s_soon.Days} days: {TerminalText.FormatTime(certificate.NotAfter)}.");
    }

    private static IEnumerable<CertificateWarning> FindStrength(PublicKeyInfo key, CertificateDetails details)
    {
        if (key is { Kind: PublicKeyKind.Rsa, Bits: < MinRsaBits })
            yield return new("weak_key", $"Its key is weak and refused by default: {key}.");
        else if (key.Kind is PublicKeyKind.Dsa or PublicKeyKind.EdDsa or PublicKeyKind.Unknown || key is { Kind: PublicKeyKind.Ec, Curve: null })
            yield return new("unusable_key", $"Its key is of a kind that no login takes: {key}.");
        if (details.HasWeakSignature)
            yield return new("weak_signature", $"Its signature is weak and refused by default: {details.Signature}.");
    }

    private static IEnumerable<CertificateWarning> FindUse(CertificateDetails details)
    {
        if (details.Version < 3)
        {
            yield return new(
                "old_version", $"It is of X.509 version {details.Version}, which has no subject alternative names; openssl x509 -req makes such without -extfile.");
        }

        if (details.IsCa)
            yield return new("ca_certificate", "It is a CA's: as the identity of a login it is refused by default.");
        if (!details.AllowsClients)
            yield return new("not_for_clients", "Its extended key usage doesn't name TLS clients: no bundle verifies it for a login.");
    }
}
