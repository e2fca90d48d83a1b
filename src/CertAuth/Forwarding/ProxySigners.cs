using System.Collections.Immutable;
using System.Security.Cryptography;
using CertAuth.Certificates;
using CertAuth.Names;
using CertAuth.Trust;

namespace CertAuth.Forwarding;

/// <summary>Which certificates are those of proxies: from one of these CAs, and one of these. Immutable; checked when a verifier is built.</summary>
/// <remarks>Each list that isn't empty must be met; within a list any one suffices. One of them must not be empty: else any client of the CA could
/// say that it is anybody.</remarks>
public sealed record ProxySigners
{
    /// <summary>The CAs that issue certificates to proxies; read anew for each token. Required.</summary>
    public required ISource<TrustBundle> Trust { get; init; }

    /// <summary>The subjects of the proxies' certificates. Default: none.</summary>
    public ImmutableArray<DistinguishedName> Subjects { get; init; } = [];

    /// <summary>Subject alternative names of the proxies' certificates, such as <c>DNS:proxy-1.example</c>: DNS names, URIs and addresses, compared
    /// as a requirement's are, without wildcards. Default: none.</summary>
    public ImmutableArray<SubjectAlternativeName> SubjectAlternativeNames { get; init; } = [];

    /// <summary>SHA-256 of the proxies' certificates, 32 octets each. Default: none.</summary>
    /// <remarks>Each allows exactly those bytes: a twin of a certificate that is signed with ECDSA has another SHA-256 and is rejected; see
    /// <see cref="ParsedCertificate.Sha256"/>.</remarks>
    public ImmutableArray<ReadOnlyMemory<byte>> Sha256 { get; init; } = [];

    internal IEnumerable<string> FindProblems()
    {
        if (Trust is null)
            yield return $"{nameof(Trust)} must not be null.";
        if (Trust is { Current.Purpose: not CertificatePurpose.ClientAuthentication })
            yield return $"{nameof(Trust)} must be for {nameof(CertificatePurpose.ClientAuthentication)}.";
        if (Subjects.IsDefault || SubjectAlternativeNames.IsDefault || Sha256.IsDefault)
        {
            yield return $"{nameof(Subjects)}, {nameof(SubjectAlternativeNames)} and {nameof(Sha256)} must not be default arrays.";
            yield break;
        }

        if (Subjects.IsEmpty && SubjectAlternativeNames.IsEmpty && Sha256.IsEmpty)
            yield return $"{nameof(Subjects)}, {nameof(SubjectAlternativeNames)} or {nameof(Sha256)} must name the proxies; with the CA alone any client of it could sign.";
        if (Subjects.Any(subject => subject is null or { Rdns.IsEmpty: true }))
            yield return $"{nameof(Subjects)} must hold neither null nor the empty name, which is everybody's who has none.";
        if (SubjectAlternativeNames.Any(name => name?.Kind is not (SanKind.Dns or SanKind.Uri or SanKind.IpAddress)))
            yield return $"{nameof(SubjectAlternativeNames)} must hold DNS names, URIs and addresses alone.";
        if (Sha256.Any(digest => digest.Length != SHA256.HashSizeInBytes))
            yield return $"{nameof(Sha256)} must hold digests of {SHA256.HashSizeInBytes} octets.";
    }

    /// <summary>Whether a verified certificate is that of a proxy.</summary>
    internal bool Includes(VerifiedCertificate signer) =>
        (Subjects.IsEmpty || Subjects.Any(subject => subject.MatchesDer(signer.SubjectDer.Span)))
        && (SubjectAlternativeNames.IsEmpty || signer.GetSubjectAlternativeNames().Any(name => SubjectAlternativeNames.Any(name.IsSameName)))
        && (Sha256.IsEmpty || Sha256.Any(digest => digest.Span.SequenceEqual(signer.Sha256.Span)));
}
