using CertAuth.Certificates;
using CertAuth.Requirements;

namespace CertAuth.Tool.Certificates;

/// <summary>The options of a clause that pin a certificate.</summary>
internal static class PinOptions
{
    /// <summary>Returns ISSUER_KEY for the certificate of a CA; otherwise, CERTIFICATE and PUBLIC_KEY.</summary>
    internal static RequirementOption[] Create(ParsedCertificate certificate)
    {
        Sha256Digest key = new(certificate.PublicKeySha256.Span);
        return certificate.IsCertificateAuthority
            ? [new IssuerKeyOption(key)]
            : [new CertificateOption(new Sha256Digest(certificate.Sha256.Span)), new PublicKeyOption(key)];
    }
}
