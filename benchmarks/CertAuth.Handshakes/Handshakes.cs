using System.Net.Security;
using System.Security.Authentication;

namespace CertAuth.Handshakes;

/// <summary>What the clients of both kinds have in common.</summary>
internal static class Handshakes
{
    internal static SslClientAuthenticationOptions ClientOptions(SslProtocols version, SslStreamCertificateContext certificate) => new()
    {
        TargetHost = "localhost",
        EnabledSslProtocols = version,
        ClientCertificateContext = certificate,
        AllowTlsResume = false,

        // The server is ours: its certificate is not the question.
        RemoteCertificateValidationCallback = (_, presented, _, _) => presented is not null,
    };
}
