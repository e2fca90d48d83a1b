using System.Collections.Immutable;
using System.Net.Security;
using System.Security.Authentication;
using CertAuth.Certificates;
using CertAuth.Requirements;
using CertAuth.Tls;
using CertAuth.Trust;

namespace CertAuth.Tool.Certificates;

/// <summary>The decision on a login by certificate, as a server with the default options makes it: one that doesn't verify ends the handshake.</summary>
/// <param name="Path">The verified certificate, or null.</param>
/// <param name="PathRefusal">Why it isn't verified, or null.</param>
/// <param name="Checks">Every check of the requirement.</param>
/// <param name="Reason">Why the login is denied; none where it is allowed.</param>
internal sealed record Decision(VerifiedCertificate? Path, Refusal? PathRefusal, ImmutableArray<RequirementCheck> Checks, FailureReason Reason)
{
    internal bool IsAllowed => Reason == FailureReason.None;

    internal static Decision Make(
        CertificateFile client,
        ImmutableArray<ReadOnlyMemory<byte>> intermediates,
        TrustBundle bundle,
        LoginRequirement requirement,
        SslProtocols protocol,
        TlsCipherSuite suite)
    {
        bundle.TryVerify(client.Leaf.Der.Span, client.Others.AddRange(intermediates).AsSpan(), out VerifiedCertificate? verified, out Refusal? refusal);
        TlsConnectionInfo connection = new()
        {
            Protocol = protocol,
            CipherSuite = suite,
            ClientCertificateRequested = true,
            ClientCertificate = verified,
            ClientCertificateRefusal = refusal,
        };
        return new(verified, refusal, requirement.Explain(connection), refusal?.Reason ?? requirement.Evaluate(connection));
    }
}
