using System.Security.Cryptography.X509Certificates;

namespace CertAuth.Tls;

/// <summary>The policy of the chain that <see cref="System.Net.Security.SslStream"/> always builds before its validation
/// callback.</summary>
internal static class InertChainPolicy
{
    /// <summary>Creates a policy with an empty root store, without downloads and without revocation checks. A chain with this policy
    /// fetches nothing, trusts nothing and takes microseconds to build.</summary>
    internal static X509ChainPolicy Create() => new()
    {
        TrustMode = X509ChainTrustMode.CustomRootTrust,
        RevocationMode = X509RevocationMode.NoCheck,
        DisableCertificateDownloads = true,
    };
}
