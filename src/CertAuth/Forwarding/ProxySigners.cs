using System.Collections.Immutable;
using System.Security.Cryptography;
using CertAuth.Certificates;
using CertAuth.Names;
using CertAuth.Trust;

namespace CertAuth.Forwarding;

/// <summary>The certificates of the proxies that may sign cert-info tokens with their own keys.</summary>
/// <remarks>A certificate belongs to a proxy if it chains to a CA of <see cref="Trust"/> and matches an entry of each list that is not
/// empty. At least one list must not be empty; otherwise any client with a certificate of the CA could log in as any user. The lists are
/// checked when a verifier is created. Two values are equal if all properties are equal; arrays are compared by reference. Immutable; safe
/// for concurrent use.</remarks>
public sealed record ProxySigners
{
    /// <summary>Gets the source of the CAs that issue certificates to proxies, which is read for each token. The bundle must be for client
    /// authentication. Required.</summary>
    public required ISource<TrustBundle> Trust { get; init; }

    /// <summary>Gets the subjects of the proxy certificates. Default: empty.</summary>
    public ImmutableArray<DistinguishedName> Subjects { get; init; } = [];

    /// <summary>Gets the subject alternative names of the proxy certificates, such as <c>DNS:proxy-1.example</c>. Default: empty.</summary>
    /// <remarks>Only DNS names, URIs and IP addresses are allowed. They are compared as in a SAN requirement, but without
    /// wildcards.</remarks>
    public ImmutableArray<SubjectAlternativeName> SubjectAlternativeNames { get; init; } = [];

    /// <summary>Gets the SHA-256 of the proxy certificates, 32 bytes each. Default: empty.</summary>
    /// <remarks>Each digest allows exactly one encoding. Another valid encoding of a certificate that is signed with ECDSA has another
    /// SHA-256 and is rejected; see <see cref="ParsedCertificate.Sha256"/>.</remarks>
    public ImmutableArray<ReadOnlyMemory<byte>> Sha256 { get; init; } = [];

    /// <summary>Returns a sentence for each property that is out of range.</summary>
    internal IEnumerable<string> FindProblems()
    {
        if (Trust is null)
            yield return $"{nameof(Trust)} must not be null.";
        if (Trust is { Current.Purpose: not CertificatePurpose.ClientAuthentication })
            yield return $"{nameof(Trust)} must be a trust bundle for client authentication.";
        if (Subjects.IsDefault || SubjectAlternativeNames.IsDefault || Sha256.IsDefault)
        {
            yield return $"{nameof(Subjects)}, {nameof(SubjectAlternativeNames)} and {nameof(Sha256)} must not be default arrays.";
            yield break;
        }

        if (Subjects.IsEmpty && SubjectAlternativeNames.IsEmpty && Sha256.IsEmpty)
        {
            yield return $"{nameof(Subjects)}, {nameof(SubjectAlternativeNames)} or {nameof(Sha256)} must name the proxies; "
                + "otherwise any client with a certificate of the CA could sign.";
        }

        if (Subjects.Any(subject => subject is null or { Rdns.IsEmpty: true }))
            yield return $"{nameof(Subjects)} must contain neither null nor the empty name, which does not identify a proxy.";
        if (SubjectAlternativeNames.Any(name => name is not { Type.HasText: true }))
            yield return $"{nameof(SubjectAlternativeNames)} must contain only {SanType.NamesWithText}.";
        if (Sha256.Any(digest => digest.Length != SHA256.HashSizeInBytes))
            yield return $"{nameof(Sha256)} must contain only digests of {SHA256.HashSizeInBytes} bytes.";
    }

    /// <summary>Determines whether a verified certificate belongs to a proxy.</summary>
    internal bool Includes(VerifiedCertificate signer) =>
        (Subjects.IsEmpty || Subjects.Any(subject => subject.MatchesDer(signer.SubjectDer.Span)))
        && (SubjectAlternativeNames.IsEmpty
            || signer.GetSubjectAlternativeNames().Any(name => SubjectAlternativeNames.Any(name.IsSameName)))
        && (Sha256.IsEmpty || Sha256.Any(digest => digest.Span.SequenceEqual(signer.Sha256.Span)));
}
