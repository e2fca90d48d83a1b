namespace CertAuth.Trust;

/// <summary>Ranks the possible issuers of a certificate: those of a higher rank are tried first (RFC 4158, 3.5.12).</summary>
internal static class IssuerRank
{
    /// <summary>The highest rank.</summary>
    internal const int Max = 5;

    /// <summary>Returns the rank of an issuer, from 0 to <see cref="Max"/>. Issuers with the same key identifier rank highest, those with a
    /// different one lowest. Among issuers that are equal in this respect, currently valid ones rank higher.</summary>
    internal static int Get(PathCertificate issuer, PathCertificate child, CertificateRules rules)
    {
        ReadOnlySpan<byte> authority = child.Certificate.Fields.Extensions.AuthorityKeyIdentifier.Slice(child.Certificate.Der.Span);
        ReadOnlySpan<byte> subject = issuer.Certificate.Fields.Extensions.SubjectKeyIdentifier.Slice(issuer.Certificate.Der.Span);
        int identifiers = authority.IsEmpty || subject.IsEmpty ? 1 : authority.SequenceEqual(subject) ? 2 : 0;
        return (identifiers * 2) + (rules.IsValidNow(issuer.Certificate) ? 1 : 0);
    }
}
