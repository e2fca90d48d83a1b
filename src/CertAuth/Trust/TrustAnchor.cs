using CertAuth.Certificates;
using CertAuth.Names;

namespace CertAuth.Trust;

/// <summary>One certificate of a trust bundle.</summary>
/// <remarks>Immutable; safe for concurrent use.</remarks>
public sealed class TrustAnchor
{
    internal TrustAnchor(ParsedCertificate certificate)
    {
        Certificate = certificate;
        Issuer = new(certificate);

        // Imported now, not in somebody's login.
        _ = Issuer.Key;
        DistinguishedName.TryFormatDer(certificate.SubjectDer.Span, NameFormat.Canonical, out string? subject, out NameError error);
        Subject = subject ?? $"(malformed: {error})";
    }

    /// <summary>The certificate's facts: validity, key, SHA-256.</summary>
    /// <remarks>Two anchors with different SHA-256 values may be one certificate, if it is signed with ECDSA; see
    /// <see cref="ParsedCertificate.Sha256"/>.</remarks>
    public ParsedCertificate Certificate { get; }

    /// <summary>The subject in canonical form, for people; not bounded for a log line.</summary>
    public string Subject { get; }

    /// <summary>The certificate as an issuer.</summary>
    internal PathCertificate Issuer { get; }

    /// <summary>For a log line: the subject, bounded and escaped, the key, the last day of validity.</summary>
    public override string ToString() => $"{LogText.Escape(Subject)}, {Certificate.PublicKey}, until {Certificate.NotAfter:yyyy-MM-dd}";
}
