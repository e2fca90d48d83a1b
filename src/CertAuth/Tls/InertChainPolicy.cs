using System.Security.Cryptography.X509Certificates;

namespace CertAuth.Tls;

/// <summary>The policy for the chain that SslStream builds before it calls back, and can't be kept from.</summary>
internal static class InertChainPolicy
{
    /// <summary>With an empty store of its own roots, no downloads and no revocation: it fetches nothing, trusts nothing and costs microseconds.</summary>
    internal static X509ChainPolicy Create() => new()
    {
        TrustMode = X509ChainTrustMode.CustomRootTrust,
        RevocationMode = X509RevocationMode.NoCheck,
        DisableCertificateDownloads = true,
    };
}
