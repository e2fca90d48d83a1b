using CertAuth.Certificates;

namespace CertAuth.Trust;

/// <summary>A certificate that may have issued another: one of the bundle, or one that the peer sent.</summary>
internal sealed class IssuerCandidate(ClientCertificate certificate)
{
    private readonly Lazy<VerificationKey?> _key = new(() => VerificationKey.Import(certificate), LazyThreadSafetyMode.PublicationOnly);

    private readonly Lazy<byte[]?> _foldedSubject = new(() => FoldedName.Fold(certificate.SubjectDer.Span), LazyThreadSafetyMode.PublicationOnly);

    internal ClientCertificate Certificate { get; } = certificate;

    /// <summary>The folded subject; null where it is malformed or empty.</summary>
    internal byte[]? FoldedSubject => _foldedSubject.Value;

    /// <summary>Whether subject and issuer are one name (RFC 5280, 3.2): such a certificate isn't counted in a path length.</summary>
    internal bool IsSelfIssued => Certificate.IssuerDer.Span.SequenceEqual(Certificate.SubjectDer.Span)
        || (FoldedSubject is { } subject && FoldedName.Fold(Certificate.IssuerDer.Span) is { } issuer && subject.AsSpan().SequenceEqual(issuer));

    /// <summary>The key; null where nothing can be verified with it.</summary>
    internal VerificationKey? Key => _key.Value;
}
