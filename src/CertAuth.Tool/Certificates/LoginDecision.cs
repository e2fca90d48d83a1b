using System.Collections.Immutable;
using System.Net.Security;
using System.Security.Authentication;
using CertAuth.Certificates;
using CertAuth.Requirements;
using CertAuth.Trust;

namespace CertAuth.Tool.Certificates;

/// <summary>The decision on a login by certificate, as a server with the default options makes it: one that doesn't verify ends the handshake.</summary>
/// <param name="Verified">The verified certificate, or null.</param>
/// <param name="PathRejection">Why it isn't verified, or null.</param>
/// <param name="Checks">Every check of the requirement.</param>
/// <param name="Reason">The reason why the login is rejected; none if it is accepted.</param>
internal sealed record LoginDecision(VerifiedCertificate? Verified, Rejection? PathRejection, ImmutableArray<RequirementCheck> Checks, RejectionReason Reason)
{
    internal bool IsAccepted => Reason == RejectionReason.None;

    internal static LoginDecision Evaluate(
        CertificateFile client,
        ImmutableArray<ReadOnlyMemory<byte>> intermediates,
        TrustBundle bundle,
        LoginRequirement requirement,
        SslProtocols protocol,
        TlsCipherSuite suite)
    {
        bundle.TryVerify(client.Leaf.Der.Span, client.Others.AddRange(intermediates).AsSpan(), out VerifiedCertificate? verified, out Rejection? rejection);
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
