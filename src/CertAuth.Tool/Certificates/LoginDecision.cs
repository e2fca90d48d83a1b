using System.Collections.Immutable;
using System.Net.Security;
using System.Security.Authentication;
using CertAuth.Certificates;
using CertAuth.Requirements;
using CertAuth.Trust;

namespace CertAuth.Tool.Certificates;

/// <summary>The decision on a login by certificate, as a server with the default options makes it.</summary>
/// <remarks>Such a server ends the handshake if the client certificate is not verified, whatever the account requires.</remarks>
/// <param name="Verified">The verified certificate, or null.</param>
/// <param name="PathRejection">The reason why the certificate is not verified, or null.</param>
/// <param name="Checks">The checks of the requirement.</param>
/// <param name="Reason">The reason why the login is rejected; <see cref="RejectionReason.None"/> if it is accepted.</param>
internal sealed record LoginDecision(
    VerifiedCertificate? Verified, Rejection? PathRejection, ImmutableArray<RequirementCheck> Checks, RejectionReason Reason)
{
    internal bool IsAccepted => Reason == RejectionReason.None;

    /// <summary>Gets the number of the alternative that decides; null if the path or the requirement as a whole does.</summary>
    internal int? Alternative => DecidingAlternative.FindOrNull(Checks, Reason)?.Key;

    /// <summary>Gets the number of alternatives.</summary>
    internal int AlternativeCount => Checks.Select(check => check.Alternative).DefaultIfEmpty().Max();

    internal static LoginDecision Evaluate(
        CertificateFile client,
        ImmutableArray<ReadOnlyMemory<byte>> intermediates,
        TrustBundle bundle,
        LoginRequirement requirement,
        SslProtocols protocol,
        TlsCipherSuite suite)
    {
        ImmutableArray<ReadOnlyMemory<byte>> sent = client.Others.AddRange(intermediates);
        bundle.TryVerify(client.Leaf.Der.Span, sent.AsSpan(), out VerifiedCertificate? verified, out Rejection? rejection);
        TlsConnectionInfo connection = new()
        {
            Protocol = protocol,
            CipherSuite = suite,
            ClientCertificateRequested = true,
            ClientCertificate = verified,
            ClientCertificateRejection = rejection,
        };
        return new(verified, rejection, requirement.Explain(connection), rejection?.Reason ?? requirement.Evaluate(connection));
    }
}
