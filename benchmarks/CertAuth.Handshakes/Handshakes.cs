using System.Net.Security;
using System.Security.Authentication;

namespace CertAuth.Handshakes;

/// <summary>The TLS options of honest and hostile clients.</summary>
internal static class Handshakes
{
    internal static SslClientAuthenticationOptions ClientOptions(SslProtocols version, SslStreamCertificateContext certificate) => new()
    {
        TargetHost = "localhost",
        EnabledSslProtocols = version,
        ClientCertificateContext = certificate,
        AllowTlsResume = false,

        // The measurement does not depend on the server's certificate.
        RemoteCertificateValidationCallback = (_, presented, _, _) => presented is not null,
    };
}
