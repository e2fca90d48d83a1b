using CertAuth.Certificates;
using CertAuth.Names;

namespace CertAuth.Trust;

/// <summary>One certificate of a trust bundle.</summary>
/// <remarks>Immutable; safe for concurrent use.</remarks>
public sealed class TrustAnchor
{
    internal TrustAnchor(ClientCertificate certificate)
    {
        Certificate = certificate;
        Issuer = new(certificate);
        DistinguishedName.TryFormatDer(certificate.SubjectDer.Span, NameFormat.Canonical, out string? subject, out NameError error);
        Subject = subject ?? $"(malformed: {error})";
    }

    /// <summary>The certificate's facts: validity, key, SHA-256.</summary>
    public ClientCertificate Certificate { get; }

    /// <summary>The subject in canonical form, for people.</summary>
    public string Subject { get; }

    /// <summary>The certificate as an issuer, its key imported.</summary>
    internal IssuerCandidate Issuer { get; }

    /// <summary>For people: the subject, the key, the last day of validity.</summary>
    public override string ToString() => $"{Subject}, {Certificate.PublicKey}, until {Certificate.NotAfter:yyyy-MM-dd}";
}
