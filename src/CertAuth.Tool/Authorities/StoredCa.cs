using CertAuth.Certificates;
using CertAuth.Testing;

namespace CertAuth.Tool.Authorities;

/// <summary>A CA that was read from its files.</summary>
/// <param name="Authority">The CA.</param>
/// <param name="Certificate">The certificate of the CA.</param>
/// <param name="CertificateText">The content of the certificate file.</param>
/// <param name="KeyText">The content of the key file.</param>
internal sealed record StoredCa(TestCertificateAuthority Authority, ParsedCertificate Certificate, string CertificateText, string KeyText)
{
    /// <summary>Gets a value that indicates whether the CA is a root CA.</summary>
    internal bool IsRoot => IsSelfIssued(Certificate);

    /// <summary>Returns whether subject and issuer are the same bytes.</summary>
    internal static bool IsSelfIssued(ParsedCertificate certificate) =>
        certificate.SubjectDer.Span.SequenceEqual(certificate.IssuerDer.Span);
}
