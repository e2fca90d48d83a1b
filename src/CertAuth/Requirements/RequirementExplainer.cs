using System.Collections.Immutable;
using System.Net.Security;
using CertAuth.Certificates;
using CertAuth.Names;
using CertAuth.Tls;

namespace CertAuth.Requirements;

/// <summary>Lists every check of a requirement, met or not, in the order of evaluation.</summary>
internal static class RequirementExplainer
{
    internal static ImmutableArray<RequirementCheck> Explain(
        RequirementKind kind, in RequirementOptions options, TlsConnectionInfo? connection)
    {
        if (kind == RequirementKind.Malformed)
        {
            return
            [
                new(
                    RequirementPart.Record,
                    RejectionReason.RequirementMalformed,
                    "a stored requirement that can be read",
                    "a malformed one"),
            ];
        }

        if (kind == RequirementKind.None)
            return [];

        ImmutableArray<RequirementCheck>.Builder checks = ImmutableArray.CreateBuilder<RequirementCheck>();
        checks.Add(ExplainTransport(connection));
        if (kind == RequirementKind.Ssl)
            return checks.ToImmutable();

        if (!options.Ciphers.IsEmpty)
            checks.Add(ExplainCipher(options.Ciphers, connection));
        checks.Add(ExplainCertificate(connection));

        VerifiedCertificate? certificate = connection?.ClientCertificate;
        if (options.Issuer is { } issuer)
            checks.Add(ExplainName(RequirementPart.Issuer, issuer, certificate?.IssuerDer));
        if (options.Subject is { } subject)
            checks.Add(ExplainName(RequirementPart.Subject, subject, certificate?.SubjectDer));
        if (options.San is { } san)
            checks.Add(ExplainSan(san, certificate));
        return checks.ToImmutable();
    }

    private static RequirementCheck ExplainTransport(TlsConnectionInfo? connection) => new(
        RequirementPart.Transport,
        connection is null ? RejectionReason.InsecureTransport : RejectionReason.None,
        "TLS",
        connection is null ? "a connection without TLS" : TlsVersions.GetName(connection.Protocol));

    private static RequirementCheck ExplainCipher(ImmutableArray<TlsCipherSuite> required, TlsConnectionInfo? connection) => new(
        RequirementPart.Cipher,
        connection is null || !required.Contains(connection.CipherSuite) ? RejectionReason.CipherMismatch : RejectionReason.None,
        CipherSuites.FormatList(required),
        connection is null ? null : CipherSuites.GetOpenSslName(connection.CipherSuite));

    private static RequirementCheck ExplainCertificate(TlsConnectionInfo? connection) => new(
        RequirementPart.Certificate,
        connection?.ClientCertificate is null ? RejectionReason.CertificateMissing : RejectionReason.None,
        "a verified client certificate",
        connection?.ClientCertificate?.ToString()
            ?? (connection?.ClientCertificateRejection is { } rejection ? $"a rejected certificate: {rejection}" : null));

    private static RequirementCheck ExplainName(RequirementPart part, DistinguishedName required, ReadOnlyMemory<byte>? encoded)
    {
        bool isIssuer = part == RequirementPart.Issuer;
        if (encoded is not { } der)
            return new(part, isIssuer ? RejectionReason.IssuerMismatch : RejectionReason.SubjectMismatch, required.ToString(), null);

        RejectionReason reason = isIssuer
            ? RequirementEvaluator.EvaluateIssuer(required, der.Span)
            : RequirementEvaluator.EvaluateSubject(required, der.Span);

        // A name that exceeds a limit cannot be parsed, although it may be well-formed.
        return DistinguishedName.TryParseDer(der.Span, out DistinguishedName? presented, out NameError error)
            ? new(part, reason, required.ToString(), presented.ToString(), required.ExplainDifference(presented))
            : new(part, reason, required.ToString(), $"a name that cannot be read: {error}");
    }

    private static RequirementCheck ExplainSan(SanRequirement required, VerifiedCertificate? certificate)
    {
        RejectionReason reason = RequirementEvaluator.EvaluateSan(required, certificate);
        string? presented = certificate?.SanState switch
        {
            SanState.Present => string.Join(',', certificate.GetSubjectAlternativeNames()),
            SanState.Malformed => "a malformed extension",
            SanState.Repeated => "the extension more than once",
            _ => null,
        };
        return new(RequirementPart.San, reason, required.ToString(), presented);
    }
}
