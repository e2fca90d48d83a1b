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

        // Imports the key now, when the bundle is loaded, and not during the first login.
        _ = Issuer.Key;
        DistinguishedName.TryFormatDer(certificate.SubjectDer.Span, NameFormat.Canonical, out string? subject, out NameError error);
        Subject = subject ?? $"(malformed: {error})";
    }

    /// <summary>Gets the parsed certificate.</summary>
    /// <remarks>If a certificate is signed with ECDSA, two anchors with different SHA-256 values can be the same certificate; see
    /// <see cref="ParsedCertificate.Sha256"/>.</remarks>
    public ParsedCertificate Certificate { get; }

    /// <summary>Gets the subject in canonical form, for display. The text is neither bounded nor escaped. If the subject is malformed, the
    /// text describes the error in parentheses.</summary>
    public string Subject { get; }

    /// <summary>Gets the certificate as a possible issuer in a path.</summary>
    internal PathCertificate Issuer { get; }

    /// <summary>Gets the subject, bounded and escaped for a log line.</summary>
    internal string EscapedSubject => LogText.Escape(Subject);

    /// <summary>Gets the kind of the key and the last day of validity.</summary>
    internal string KeyAndExpiry => $"{Certificate.PublicKey}, until {Certificate.NotAfter:yyyy-MM-dd}";

    /// <summary>Returns a text for a log line: the subject (bounded and escaped), the kind of the key, and the last day of
    /// validity.</summary>
    public override string ToString() => $"{EscapedSubject}, {KeyAndExpiry}";
}
