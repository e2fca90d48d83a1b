using System.Collections.Immutable;

namespace CertAuth.Certificates;

/// <summary>A certificate with a verified path to a trusted certificate, or the facts of one that a trusted proxy verified and forwarded.
/// Only the library creates instances.</summary>
/// <remarks>The path was valid when it was verified, which may be in the past; see <see cref="PathNotAfter"/> and
/// <c>ServerTls.TryReverify</c>. The names of a forwarded certificate have the same form as those of a certificate that was verified here,
/// so they are compared in the same way. Immutable. Safe for concurrent use.</remarks>
public sealed class VerifiedCertificate
{
    private readonly ReadOnlyMemory<byte> _sanExtension;

    /// <summary>Creates an instance for a certificate that was verified here.</summary>
    /// <param name="certificate">The leaf.</param>
    /// <param name="anchorSha256">The SHA-256 of the trusted certificate.</param>
    /// <param name="intermediateCount">The number of certificates between the leaf and the trusted certificate.</param>
    /// <param name="path">The evidence of the path. Only tests omit it: such a certificate never expires and cannot be verified
    /// again.</param>
    internal VerifiedCertificate(
        ParsedCertificate certificate, ReadOnlyMemory<byte> anchorSha256, int intermediateCount = 0, PathEvidence? path = null)
    {
        IntermediateCount = intermediateCount;
        Path = path;
        Certificate = certificate;
        AnchorSha256 = anchorSha256;
        SubjectDer = certificate.SubjectDer;
        IssuerDer = certificate.IssuerDer;
        SanState = certificate.SanState;
        _sanExtension = certificate.Fields.Extensions.San.Slice(certificate.Der);
        Sha256 = certificate.Sha256;
        PublicKeySha256 = certificate.PublicKeySha256;
    }

    /// <summary>Creates an instance for a certificate of which a trusted proxy forwarded these facts.</summary>
    /// <param name="sha256">The SHA-256 of the certificate's DER.</param>
    /// <param name="subjectDer">The subject, a well-formed Name.</param>
    /// <param name="issuerDer">The issuer, a well-formed Name.</param>
    /// <param name="generalNames">The subject alternative names, a well-formed extension value; null if there are none.</param>
    internal VerifiedCertificate(byte[] sha256, byte[] subjectDer, byte[] issuerDer, byte[]? generalNames)
    {
        Sha256 = sha256;
        SubjectDer = subjectDer;
        IssuerDer = issuerDer;
        SanState = generalNames is null ? SanState.Absent : SanState.Present;
        _sanExtension = generalNames;
    }

    /// <summary>Gets the certificate itself, or null if it was forwarded: a proxy forwards the names and not the certificate.</summary>
    public ParsedCertificate? Certificate { get; }

    /// <summary>Gets the SHA-256 of the trusted certificate at which the path ends; empty if the certificate was forwarded.</summary>
    /// <remarks>It is the hash of the bytes in the trust bundle, even if the peer sends the same certificate with another encoding of its
    /// signature; see <see cref="ParsedCertificate.Sha256"/>.</remarks>
    public ReadOnlyMemory<byte> AnchorSha256 { get; }

    /// <summary>Gets the last second, in UTC, at which every certificate of the path is valid, including the trusted one. Null if the
    /// certificate was forwarded: a proxy does not forward the validity.</summary>
    /// <remarks>Revocation lists do not shorten it. Only the current trust bundle can decide whether a certificate of the path has been
    /// revoked since.</remarks>
    public DateTimeOffset? PathNotAfter => Path?.NotAfter;

    /// <summary>Gets the SHA-256 of the certificate's DER, 32 bytes.</summary>
    /// <remarks>It identifies the bytes that were presented. Do not use it to block certificates: the owner of a certificate that is signed
    /// with ECDSA can change its SHA-256 while it still verifies; see <see cref="ParsedCertificate.Sha256"/>.</remarks>
    public ReadOnlyMemory<byte> Sha256 { get; }

    /// <summary>Gets the SHA-256 of the public key, 32 bytes: of the DER-encoded SubjectPublicKeyInfo (RFC 7469, 2.4). Empty if the
    /// certificate was forwarded.</summary>
    public ReadOnlyMemory<byte> PublicKeySha256 { get; }

    /// <summary>Gets the SHA-256 of the certificate that verified the signature of this one, 32 bytes. Empty if the certificate was
    /// forwarded, or if it is itself in the trust bundle and verified without an issuer.</summary>
    public ReadOnlyMemory<byte> IssuerSha256 => Path?.IssuerSha256 ?? default;

    /// <summary>Gets the SHA-256 of the public key that verified the signature of this certificate, 32 bytes: of the DER-encoded
    /// SubjectPublicKeyInfo. Empty in the same cases as <see cref="IssuerSha256"/>.</summary>
    public ReadOnlyMemory<byte> IssuerKeySha256 => Path?.IssuerKeySha256 ?? default;

    /// <summary>Gets the subject as a DER-encoded Name. All text of a forwarded subject is UTF8String.</summary>
    public ReadOnlyMemory<byte> SubjectDer { get; }

    /// <summary>Gets the issuer as a DER-encoded Name. All text of a forwarded issuer is UTF8String.</summary>
    public ReadOnlyMemory<byte> IssuerDer { get; }

    /// <summary>Gets the state of the subject alternative name extension.</summary>
    public SanState SanState { get; }

    /// <summary>Gets a value that indicates whether several trusted CAs match the issuer's name and the key identifiers, so that only the
    /// signature shows which of them issued the certificate. False if the certificate was forwarded.</summary>
    /// <remarks>The certificate is verified nevertheless. Over TLS 1.3, however, an OpenSSL client that sends the wrong one of these CAs
    /// cannot connect.</remarks>
    public bool HasAmbiguousIssuer { get; internal init; }

    /// <summary>The number of certificates between the leaf and the trusted certificate.</summary>
    internal int IntermediateCount { get; }

    /// <summary>The evidence of the path; null if the certificate was forwarded.</summary>
    internal PathEvidence? Path { get; }

    /// <summary>The GeneralNames of the extension, DER-encoded; empty if the extension is absent.</summary>
    internal ReadOnlySpan<byte> SanExtension => _sanExtension.Span;

    /// <summary>Returns the subject alternative names in encoding order. Empty unless <see cref="SanState"/> is
    /// <see cref="SanState.Present"/>. A proxy forwards only DNS names, URIs and IP addresses.</summary>
    /// <remarks>They are read at each call.</remarks>
    public ImmutableArray<SubjectAlternativeName> GetSubjectAlternativeNames() =>
        SanState == SanState.Present ? SubjectAlternativeName.ReadAll(SanExtension) : [];

    /// <summary>Returns a rejection if a certificate of the path has expired; otherwise, null.</summary>
    internal Rejection? CheckExpiry(DateTimeOffset now)
    {
        bool hasExpired = Path is not null && ValidityPeriod.HasEnded(Path.NotAfter, now);
        return hasExpired ? RejectExpired(now) : null;
    }

    /// <summary>Returns the subject in canonical form for a log: of limited length, with control characters escaped. If the subject is
    /// malformed, returns its error.</summary>
    public override string ToString() => ParsedCertificate.DescribeName(SubjectDer.Span);

    // A separate method: in CheckExpiry, the closure would be allocated even if the certificate has not expired.
    private Rejection RejectExpired(DateTimeOffset now) => new(
        RejectionReason.CertificateExpired,
        () => new($"a certificate whose path is valid at {now:u}", $"{this}, whose path was valid until {PathNotAfter:u}"));
}
