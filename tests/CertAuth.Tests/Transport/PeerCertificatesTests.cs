using System.Security.Cryptography.X509Certificates;
using CertAuth.Transport;

namespace CertAuth.Tests.Transport;

public sealed class PeerCertificatesTests
{
    // .NET does not dispose these certificates, so their native memory would wait for the finalizer: 37 MB after 2,500 handshakes.
    [Fact]
    public void ExtractIntermediates_CopiesTheDerAndDisposesTheCertificates()
    {
        TestCertificateAuthority root = TestCertificateAuthority.Create(TestName.Of(("CN", "root")));
        TestCertificateAuthority sub = root.IssueIntermediate(TestName.Of(("CN", "sub")));
        using X509Certificate2 leaf = sub.IssueClient(TestName.Of(("CN", "alice"))).ToX509Certificate2();
        X509Certificate2[] sent = [sub.ToX509Certificate2(), root.ToX509Certificate2()];
        using X509Chain chain = new();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.ExtraStore.AddRange(sent);
        chain.Build(leaf);
        X509Certificate2[] elements = [.. chain.ChainElements.Select(element => element.Certificate)];

        ReadOnlyMemory<byte>[] copies = PeerCertificates.ExtractIntermediates(chain);

        Assert.Equal([sub.Der.ToArray(), root.Der.ToArray()], copies.Select(copy => copy.ToArray()));
        chain.ChainPolicy.ExtraStore.Should().BeEmpty();
        elements.Should().NotBeEmpty();
        sent.Concat(elements).Should().AllSatisfy(certificate => Assert.Equal(IntPtr.Zero, certificate.Handle));
        Assert.NotEqual(IntPtr.Zero, leaf.Handle);
    }
}
