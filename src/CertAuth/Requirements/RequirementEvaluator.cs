using CertAuth.Certificates;
using CertAuth.Names;

namespace CertAuth.Requirements;

/// <summary>Decides whether a connection meets a requirement. Allocates nothing.</summary>
internal static class RequirementEvaluator
{
    /// <summary>Returns the reason of the first check that is not met; <see cref="RejectionReason.None"/> if all are met.</summary>
    internal static RejectionReason Evaluate(RequirementKind kind, in RequirementOptions options, TlsConnectionInfo? connection)
    {
        switch (kind)
        {
            case RequirementKind.None:
                return RejectionReason.None;
            case RequirementKind.Ssl:
                return connection is null ? RejectionReason.InsecureTransport : RejectionReason.None;
            case RequirementKind.X509 or RequirementKind.Specified when connection is null:
                return RejectionReason.InsecureTransport;
            case RequirementKind.X509 or RequirementKind.Specified:
                return EvaluateOptions(options, connection);
            default:
                return RejectionReason.RequirementMalformed;
        }
    }

    internal static RejectionReason EvaluateIssuer(DistinguishedName required, ReadOnlySpan<byte> encodedName) =>
        required.MatchesDer(encodedName) ? RejectionReason.None
        : DistinguishedName.IsWellFormedDer(encodedName) ? RejectionReason.IssuerMismatch
        : RejectionReason.IssuerMalformed;

    internal static RejectionReason EvaluateSubject(DistinguishedName required, ReadOnlySpan<byte> encodedName) =>
        required.MatchesDer(encodedName) ? RejectionReason.None
        : DistinguishedName.IsWellFormedDer(encodedName) ? RejectionReason.SubjectMismatch
        : RejectionReason.SubjectMalformed;

    internal static RejectionReason EvaluateSan(SanRequirement required, VerifiedCertificate? certificate) => certificate?.SanState switch
    {
        SanState.Present when required.Matches(certificate.SanExtension) => RejectionReason.None,
        SanState.Malformed or SanState.Repeated => RejectionReason.SanMalformed,
        _ => RejectionReason.SanMismatch,
    };

    private static RejectionReason EvaluateOptions(in RequirementOptions options, TlsConnectionInfo connection)
    {
        if (!options.Ciphers.IsEmpty && !options.Ciphers.AsSpan().Contains(connection.CipherSuite))
            return RejectionReason.CipherMismatch;

        // ClientCertificate is null for a certificate that was presented but not verified.
        if (connection.ClientCertificate is not { } certificate)
            return RejectionReason.CertificateMissing;

        RejectionReason reason =
            options.Issuer is null ? RejectionReason.None : EvaluateIssuer(options.Issuer, certificate.IssuerDer.Span);
        if (reason == RejectionReason.None && options.Subject is not null)
            reason = EvaluateSubject(options.Subject, certificate.SubjectDer.Span);
        return reason == RejectionReason.None && options.San is not null ? EvaluateSan(options.San, certificate) : reason;
    }
}
