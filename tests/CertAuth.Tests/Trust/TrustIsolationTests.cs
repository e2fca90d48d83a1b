using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using static CertAuth.Tests.Support.TrustExtensions;

namespace CertAuth.Tests.Trust;

/// <summary>A verdict depends only on the bundle and on the certificates of the peer, and not on certificate stores, environment variables
/// or the network.</summary>
public sealed class TrustIsolationTests
{
    private static readonly TestName s_alice = TestName.Of(("CN", "alice"));

    [Fact]
    public void TryVerify_DownloadsNothing()
    {
        using TcpListener web = new(IPAddress.Loopback, 0);
        web.Start();
        TestExtension[] urls = UrlExtensions.Urls($"http://127.0.0.1:{((IPEndPoint)web.LocalEndpoint).Port}/");
        TestCertificateAuthority root = TestCertificateAuthority.Create(TestName.Of(("CN", "root")), new() { Extensions = urls });
        TestCertificateAuthority sub = root.IssueIntermediate(TestName.Of(("CN", "sub")), new() { Extensions = urls });
        TestCertificate leaf = sub.Issue(new() { Subject = s_alice, Extensions = urls });

        Bundle(root.Certificate).VerifyChain(leaf).Should().Be(RejectionReason.None);
        Bundle(root.Certificate).VerifyChain(leaf.Der, []).Should().Be(RejectionReason.UntrustedIssuer);
        Bundle(root.Rotate().Certificate).VerifyChain(leaf.Der, [sub.Rotate().Der]).Should().Be(RejectionReason.CertificateBadSignature);
        web.Pending().Should().BeFalse();
    }

    [Fact]
    public async Task TryVerify_ReadsNoStoreOfTheUser() =>
        (await PoisonedHomeDirectory.RunAsync(nameof(TryVerify_IgnoresStores_WhenTheHomeDirectoryIsPoisoned)))
            .Should().Contain(PoisonedHomeDirectory.Passed);

    // The stores contain an unknown root, twins of the genuine CAs, and all genuine certificates as disallowed.
    [Fact]
    public void TryVerify_IgnoresStores_WhenTheHomeDirectoryIsPoisoned()
    {
        string home = PoisonedHomeDirectory.Require(nameof(TryVerify_ReadsNoStoreOfTheUser));
        TestCertificateAuthority root = TestCertificateAuthority.Create(TestName.Of(("CN", "root")));
        TestCertificateAuthority sub = root.IssueIntermediate(TestName.Of(("CN", "sub")));
        TestCertificateAuthority stranger = TestCertificateAuthority.Create(TestName.Of(("CN", "stranger")));
        TestCertificate alice = sub.IssueClient(s_alice);
        TestCertificate version1 = sub.Issue(new() { Subject = s_alice, Version = TestCertificateVersion.V1 });
        TestCertificate[] twins = [root.Rotate().Certificate, sub.Rotate().Certificate, stranger.Certificate];
        Plant(home, "root", twins);
        Plant(home, "ca", twins);
        Plant(home, "my", twins);
        Plant(home, "disallowed", [root.Certificate, sub.Certificate, alice, version1]);

        Bundle(root.Certificate).VerifyChain(alice).Should().Be(RejectionReason.None);
        Bundle(root.Certificate).VerifyChain(version1).Should().Be(RejectionReason.None);
        Bundle(root.Certificate).VerifyChain(alice.Der, []).Should().Be(RejectionReason.UntrustedIssuer);
        Bundle(root.Certificate).VerifyChain(stranger.IssueClient(s_alice)).Should().Be(RejectionReason.UntrustedIssuer);
        Bundle(root.Rotate().Certificate).VerifyChain(alice).Should().Be(RejectionReason.CertificateBadSignature);

        // The stores have an effect: X509Chain reads "disallowed" and throws.
        using X509Chain chain = new();
        using X509Certificate2 rootCertificate = root.ToX509Certificate2();
        using X509Certificate2 subCertificate = sub.ToX509Certificate2();
        using X509Certificate2 leaf = X509CertificateLoader.LoadCertificate(alice.Der.Span);
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.CustomTrustStore.Add(rootCertificate);
        chain.ChainPolicy.ExtraStore.Add(subCertificate);
        FluentActions.Invoking(() => chain.Build(leaf)).Should().ThrowExactly<CryptographicException>();
    }

    private static void Plant(string home, string store, TestCertificate[] certificates)
    {
        foreach (TestCertificate certificate in certificates)
        {
            using X509Certificate2 planted = X509CertificateLoader.LoadCertificate(certificate.Der.Span);
            PoisonedHomeDirectory.Plant(home, store, planted);
        }
    }
}
