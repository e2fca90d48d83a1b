namespace CertAuth.Benchmarks;

/// <summary>For comparison: the verification of a leaf with .NET's X509Chain.</summary>
internal static class X509ChainPeer
{
    internal static bool Build(X509Certificate2 leaf, X509Certificate2Collection roots)
    {
        using X509Chain chain = new();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.CustomTrustStore.AddRange(roots);
        bool isBuilt = chain.Build(leaf);
        foreach (X509ChainElement element in chain.ChainElements)
            element.Certificate.Dispose();
        return isBuilt;
    }
}
