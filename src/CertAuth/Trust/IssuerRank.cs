using CertAuth.Certificates;

namespace CertAuth.Trust;

/// <summary>Which of several possible issuers is tried first (RFC 4158, 3.5.12).</summary>
internal static class IssuerRank
{
    /// <summary>The highest rank.</summary>
    internal const int Max = 5;

    /// <summary>From 0 to <see cref="Max"/>: key identifiers that agree come first, those that differ last; among equals the valid before
    /// the expired.</summary>
    internal static int Of(PathCertificate issuer, PathCertificate child, CertificateRules rules)
    {
        ParsedCertificate above = issuer.Certificate;
        ParsedCertificate below = child.Certificate;
        ReadOnlySpan<byte> wanted = below.Fields.Extensions.AuthorityKeyIdentifier.Slice(below.Der.Span);
        ReadOnlySpan<byte> own = above.Fields.Extensions.SubjectKeyIdentifier.Slice(above.Der.Span);
        int identifiers = wanted.IsEmpty || own.IsEmpty ? 1 : wanted.SequenceEqual(own) ? 2 : 0;
        return (identifiers * 2) + (rules.IsValidNow(above) ? 1 : 0);
    }
}
