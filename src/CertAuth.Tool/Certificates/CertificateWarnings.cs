using System.Collections.Immutable;
using CertAuth.Certificates;
using CertAuth.Requirements;
using CertAuth.Tool.Cli;

namespace CertAuth.Tool.Certificates;

/// <summary>Finds the properties of a client certificate that an operator should know before an account requires it.</summary>
internal static class CertificateWarnings
{
    private const int MinRsaBits = 2048;

    // id-kp-clientAuth (RFC 5280, 4.2.1.12).
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    private static readonly TimeSpan s_expiryWarningPeriod = TimeSpan.FromDays(30);

    internal static IEnumerable<CertificateWarning> Find(ParsedCertificate certificate, LoginRequirement? clause, DateTimeOffset now) =>
    [
        .. NameWarnings.Find("subject", certificate.SubjectDer),
        .. NameWarnings.Find("issuer", certificate.IssuerDer),
        .. FindSan(certificate, clause),
        .. FindTime(certificate, now),
        .. FindStrength(certificate.PublicKey, certificate.SignatureAlgorithm),
        .. FindUse(certificate),
    ];

    private static IEnumerable<CertificateWarning> FindSan(ParsedCertificate certificate, LoginRequirement? clause)
    {
        if (certificate.SanState == SanState.Malformed)
            yield return new("malformed_san", "The subject alternative names are malformed, so no trust bundle verifies the certificate.");
        if (certificate.SanState == SanState.Repeated)
            yield return new(
                "repeated_san", "The subject alternative name extension is repeated, so no trust bundle verifies the certificate.");

        SanRequirement? san = clause?.Alternatives[0].Find<SanOption>()?.Requirement;
        int omitted = certificate.GetSubjectAlternativeNames().Distinct().Count() - (san?.Items.Length ?? 0);
        if (clause is not null && omitted > 0)
        {
            string names = TerminalText.FormatCount(omitted, "subject alternative name");
            yield return new("san_omitted", $"The clause omits {names}, which SAN cannot require.");
        }

        if (san?.Items.Any(item => item.Kind == SanKind.Email) == true)
            yield return new("san_email", "TiDB does not know EMAIL; delete it from the clause for TiDB.");
        if (san?.Items.Any(item => item.HasWildcard) == true)
        {
            yield return new(
                "san_wildcard", "A * that is a whole path segment matches any segment, so other certificates may also meet the clause.");
        }
    }

    private static IEnumerable<CertificateWarning> FindTime(ParsedCertificate certificate, DateTimeOffset now)
    {
        // NotAfter has a precision of one second, and the certificate is valid during that second (RFC 5280, 4.1.2.5).
        if (now < certificate.NotBefore)
            yield return new("not_yet_valid", $"The certificate is not valid before {TerminalText.FormatTime(certificate.NotBefore)}.");
        else if (now - certificate.NotAfter >= TimeSpan.FromSeconds(1))
            yield return new("expired", $"The certificate expired at {TerminalText.FormatTime(certificate.NotAfter)}.");
        else if (certificate.NotAfter - now < s_expiryWarningPeriod)
            yield return new("expires_soon", FormatExpiry(certificate.NotAfter));
    }

    private static string FormatExpiry(DateTimeOffset notAfter) =>
        $"The certificate expires in less than {s_expiryWarningPeriod.Days} days, at {TerminalText.FormatTime(notAfter)}.";

    private static IEnumerable<CertificateWarning> FindStrength(PublicKeyInfo key, SignatureAlgorithmInfo signature)
    {
        if (key is { Kind: PublicKeyKind.Rsa, Bits: < MinRsaBits })
            yield return new("weak_key", $"The key is weak and rejected by default: {key}.");
        else if (key is { Kind: not (PublicKeyKind.Rsa or PublicKeyKind.Ec) } or { Kind: PublicKeyKind.Ec, Curve: null })
            yield return new("unusable_key", $"The key type is not supported: {key}.");
        if (signature.HasWeakHash)
            yield return new("weak_signature", $"The signature algorithm is weak and rejected by default: {signature}.");
    }

    private static IEnumerable<CertificateWarning> FindUse(ParsedCertificate certificate)
    {
        if (certificate.Version < 3)
        {
            yield return new(
                "old_version",
                $"The certificate has X.509 version {certificate.Version}, which has no subject alternative names. "
                + "openssl x509 -req issues version 1 unless -extfile is given.");
        }

        if (certificate.IsCertificateAuthority)
            yield return new("ca_certificate", "The certificate is that of a CA, which is rejected by default as a client certificate.");
        ImmutableArray<string> usages = certificate.GetExtendedKeyUsages();
        if (!usages.IsEmpty && !usages.Contains(ClientAuthentication))
        {
            yield return new(
                "not_for_clients",
                "The extended key usage does not include client authentication, so no trust bundle verifies the certificate.");
        }
    }
}
