using System.Collections.Immutable;

namespace CertAuth.Certificates;

/// <summary>A client certificate whose path to a trusted certificate was verified: here, or by a trusted proxy that vouches for it. Only the library
/// makes one.</summary>
/// <remarks>Immutable; safe for concurrent use. It says that the certificate was good when it was verified, not that it still is: see
/// <see cref="PathNotAfter"/> and <c>ServerTls.TryReverify</c>. The names of a forwarded one are in the same form as a
/// certificate's own, so that there is one way to compare them.</remarks>
public sealed class VerifiedCertificate
{
    private readonly ReadOnlyMemory<byte> _sanExtension;
    private readonly byte[]? _forwardedSha256;

    /// <summary>A certificate that was verified here.</summary>
    /// <param name="certificate">The leaf.</param>
    /// <param name="anchorSha256">SHA-256 of the trusted certificate.</param>
    /// <param name="intermediateCount">How many certificates stand between the two.</param>
    /// <param name="path">What is known of the path; null for a certificate that never expires and cannot be verified again, as in
    /// tests.</param>
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
    }

    /// <summary>A certificate of which a trusted proxy says these facts.</summary>
    /// <param name="sha256">SHA-256 of its DER.</param>
    /// <param name="subjectDer">Its subject, a well-formed Name.</param>
    /// <param name="issuerDer">Its issuer, a well-formed Name.</param>
    /// <param name="generalNames">Its subject alternative names, well-formed; null for none.</param>
    internal VerifiedCertificate(byte[] sha256, byte[] subjectDer, byte[] issuerDer, byte[]? generalNames)
    {
        _forwardedSha256 = sha256;
        SubjectDer = subjectDer;
        IssuerDer = issuerDer;
        SanState = generalNames is null ? SanState.Absent : SanState.Present;
        _sanExtension = generalNames;
    }

    /// <summary>The leaf; null where a proxy vouches for it, which forwards its names and not the certificate.</summary>
    public ParsedCertificate? Certificate { get; }

    /// <summary>Gets the SHA-256 of the trusted certificate at which its path ends; empty where a proxy vouches for it.</summary>
    /// <remarks>It is that of the bytes in the trust bundle, whatever twin of them the peer sends; see
    /// <see cref="ParsedCertificate.Sha256"/>.</remarks>
    public ReadOnlyMemory<byte> AnchorSha256 { get; }

    /// <summary>The last second at which every certificate of the path is valid, the trusted one included, in UTC; null where a proxy
    /// vouches for it, which forwards no validity.</summary>
    /// <remarks>Revocation lists do not count: a list ends when the next one is published, which moves no date of the path. Whether the
    /// lists of now clear the path, only the trust bundle of now can tell.</remarks>
    public DateTimeOffset? PathNotAfter => Path?.NotAfter;

    /// <summary>Gets the SHA-256 of the leaf's DER, 32 bytes.</summary>
    /// <remarks>It identifies the bytes that were presented. The owner of a certificate that is signed with ECDSA can present a twin with
    /// another SHA-256, so do not block certificates by it; see <see cref="ParsedCertificate.Sha256"/>.</remarks>
    public ReadOnlyMemory<byte> Sha256 => _forwardedSha256 ?? Certificate!.Sha256;

    /// <summary>The subject, as a DER-encoded Name; for a forwarded one with all text as UTF8String.</summary>
    public ReadOnlyMemory<byte> SubjectDer { get; }

    /// <summary>The issuer, as a DER-encoded Name; for a forwarded one with all text as UTF8String.</summary>
    public ReadOnlyMemory<byte> IssuerDer { get; }

    /// <summary>What became of the subject alternative name extension.</summary>
    public SanState SanState { get; }

    /// <summary>Whether the issuer's name and the key identifiers leave open which of several trusted CAs with the same subject issued
    /// it. Its signature does not: the certificate is verified. Over TLS 1.3, an OpenSSL client that sends the other CA with it cannot
    /// connect. Always false where a proxy vouches for it.</summary>
    public bool HasAmbiguousIssuer { get; internal init; }

    /// <summary>How many certificates stand between the leaf and the trusted one.</summary>
    internal int IntermediateCount { get; }

    /// <summary>What is known of the path; null where a proxy vouches for the certificate.</summary>
    internal PathEvidence? Path { get; }

    /// <summary>GeneralNames as the extension holds it; empty where it is absent.</summary>
    internal ReadOnlySpan<byte> SanExtension => _sanExtension.Span;

    /// <summary>The subject alternative names in encoding order; none unless <see cref="SanState"/> is <see cref="SanState.Present"/>. A proxy
    /// forwards DNS names, URIs and addresses alone.</summary>
    /// <remarks>Made anew at each call.</remarks>
    public ImmutableArray<SubjectAlternativeName> GetSubjectAlternativeNames() =>
        SanState == SanState.Present ? SubjectAlternativeName.ReadAll(SanExtension) : [];

    /// <summary>Rejects the certificate when a certificate of its path has expired; null where none has.</summary>
    internal Rejection? CheckExpiry(DateTimeOffset now)
    {
        // RFC 5280, 4.1.2.5: the last second is included. A difference, since the year 9999 has no next second.
        bool hasExpired = Path is not null && now - Path.NotAfter >= TimeSpan.FromSeconds(1);
        return hasExpired ? RejectExpired(now) : null;
    }

    /// <summary>The subject in canonical form, for a log line: bounded, control characters escaped; its fault where it is malformed.</summary>
    public override string ToString() => ParsedCertificate.DescribeName(SubjectDer.Span);

    // In a method of its own: what the lambda captures would else be allocated for every certificate that has not expired, too.
    private Rejection RejectExpired(DateTimeOffset now) => new(
        RejectionReason.CertificateExpired,
        () => new($"a certificate whose path is valid at {now:u}", $"{this}, whose path was valid until {PathNotAfter:u}"));
}
