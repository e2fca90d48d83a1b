using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace MySqlLogin.Proxy;

/// <summary>How the proxy speaks TLS with the server: its own certificate, and the CA that the server's must come from. Immutable.</summary>
internal sealed class UpstreamTls(X509Certificate2 certificate, X509Certificate2Collection authorities)
{
    private readonly SslStreamCertificateContext _context = SslStreamCertificateContext.Create(certificate, null, offline: true);

    internal SslClientAuthenticationOptions CreateOptions(string serverName)
    {
        X509ChainPolicy policy = new()
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        };
        policy.CustomTrustStore.AddRange(authorities);
        return new()
        {
            TargetHost = serverName,
            ClientCertificateContext = _context,
            CertificateChainPolicy = policy,
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            AllowRenegotiation = false,
        };
    }
}
