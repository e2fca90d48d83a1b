using CertAuth.Certificates;
using CertAuth.Names;

namespace CertAuth.Trust;

/// <summary>The rules of RFC 5280 that CAs must follow but that do not change which certificates are trusted. Only
/// <see cref="ChainStrictness.Rfc5280Strict"/> enforces them.</summary>
internal static class StrictRules
{
    /// <summary>Returns the first rule that a certificate violates, as a text for <see cref="Rejection.Required"/>; null if there is
    /// none.</summary>
    internal static string? FindViolation(ParsedCertificate certificate, CertificateRole role)
    {
        ref readonly CertificateFields fields = ref certificate.Fields;
        ref readonly ExtensionFields extensions = ref fields.Extensions;
        ReadOnlySpan<byte> der = certificate.Der.Span;
        ReadOnlySpan<byte> serial = fields.SerialNumber.Slice(der);
        bool isCa = role != CertificateRole.Leaf;
        bool isSelfIssued = fields.Issuer.Slice(der).SequenceEqual(fields.Subject.Slice(der));
        bool hasSubject = !DistinguishedName.IsEmptyDer(fields.Subject.Slice(der));

        if (serial[0] >= 0x80 || serial is [0] || serial.Length > TrustBounds.MaxSerialBytes)
            return "a positive serial number of at most 20 bytes (RFC 5280, 4.1.2.2)";
        if (DistinguishedName.IsEmptyDer(fields.Issuer.Slice(der)))
            return "an issuer name (RFC 5280, 4.1.2.4)";
        if (isCa && !hasSubject)
            return "a subject name in a CA certificate (RFC 5280, 4.1.2.6)";
        if (extensions.Critical.HasFlag(ExtensionKinds.AuthorityKeyIdentifier))
            return "an authority key identifier that is not critical (RFC 5280, 4.2.1.1)";
        if (extensions.AuthorityKeyIdentifier.IsEmpty && !(role == CertificateRole.Anchor && isSelfIssued))
            return "an authority key identifier (RFC 5280, 4.2.1.1)";
        if (extensions.Critical.HasFlag(ExtensionKinds.SubjectKeyIdentifier))
            return "a subject key identifier that is not critical (RFC 5280, 4.2.1.2)";
        if (isCa && extensions.SubjectKeyIdentifier.IsEmpty)
            return "a subject key identifier in a CA certificate (RFC 5280, 4.2.1.2)";
        if (!extensions.IsCa && extensions.KeyUsage is { } usage && usage.HasFlag(KeyUsages.KeyCertSign))
            return "the key usage keyCertSign only in CA certificates (RFC 5280, 4.2.1.3)";
        if (!hasSubject && IsPresentAndNotCritical(extensions, ExtensionKinds.SubjectAlternativeName))
            return "a critical subject alternative name if the subject is empty (RFC 5280, 4.2.1.6)";
        if (isCa && IsPresentAndNotCritical(extensions, ExtensionKinds.BasicConstraints))
            return "critical basic constraints in a CA certificate (RFC 5280, 4.2.1.9)";
        if (IsPresentAndNotCritical(extensions, ExtensionKinds.NameConstraints))
            return "critical name constraints (RFC 5280, 4.2.1.10)";
        if (!extensions.IsCa && extensions.Present.HasFlag(ExtensionKinds.NameConstraints))
            return "name constraints only in CA certificates (RFC 5280, 4.2.1.10)";
        if (extensions.Present.HasFlag(ExtensionKinds.NameConstraints)
            && NameConstraints.ReadOrNull(extensions.NameConstraints.Slice(der))?.HasDnsWithLeadingDot != false)
        {
            return "DNS name constraints without a leading dot (RFC 5280, 4.2.1.10)";
        }

        if (IsPresentAndNotCritical(extensions, ExtensionKinds.PolicyConstraints))
            return "critical policy constraints (RFC 5280, 4.2.1.11)";
        return HasOnlyHostNames(certificate) ? null : "DNS names of letters, digits and hyphens (RFC 5280, 4.2.1.6)";
    }

    private static bool IsPresentAndNotCritical(in ExtensionFields extensions, ExtensionKinds kind) =>
        extensions.Present.HasFlag(kind) && !extensions.Critical.HasFlag(kind);

    // In strict mode, an underscore is a violation.
    private static bool HasOnlyHostNames(ParsedCertificate certificate)
    {
        SanReader names = new(certificate.SanExtension);
        while (names.TryRead(out SanKind kind, out ReadOnlySpan<byte> bytes))
        {
            if (kind == SanKind.Dns && (!HostName.IsValidOrWildcard(bytes) || bytes.Contains((byte)'_')))
                return false;
        }

        return true;
    }
}
