using System.Security.Cryptography.X509Certificates;

namespace CertAuth.Tests.Trust.Differential;

/// <summary>Verifies a chain with X509Chain, without downloads or system stores.</summary>
internal static class DotNetVerifier
{
    internal static X509ChainStatusFlags Verify(BuiltChain built)
    {
        using X509Chain chain = new();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.ApplicationPolicy.Add(new(TestCertificateRequest.ClientAuth));
        chain.ChainPolicy.VerificationTimeIgnored = false;
        chain.ChainPolicy.VerificationTime = ChainPlan.Now.LocalDateTime;
        chain.ChainPolicy.CustomTrustStore.Add(Load(built.Root));
        foreach (TestCertificate certificate in built.Sent)
            chain.ChainPolicy.ExtraStore.Add(Load(certificate));

        using X509Certificate2 leaf = Load(built.Leaf);
        bool accepted = chain.Build(leaf);
        X509ChainStatusFlags status = chain.ChainStatus.Aggregate(X509ChainStatusFlags.NoError, (all, one) => all | one.Status);
        foreach (X509Certificate2 certificate in (X509Certificate2[])
            [.. chain.ChainPolicy.CustomTrustStore, .. chain.ChainPolicy.ExtraStore, .. chain.ChainElements.Select(e => e.Certificate)])
        {
            certificate.Dispose();
        }

        (status == X509ChainStatusFlags.NoError).Should().Be(accepted);
        return status;
    }

    private static X509Certificate2 Load(TestCertificate certificate) => X509CertificateLoader.LoadCertificate(certificate.Der.Span);
}
