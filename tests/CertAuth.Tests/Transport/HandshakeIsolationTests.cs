using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using CertAuth.Trust;
using static CertAuth.Tests.Support.TrustExtensions;

namespace CertAuth.Tests.Transport;

/// <summary>No verdict depends on the network or on a certificate store of the machine or the user.</summary>
public sealed class HandshakeIsolationTests
{
    private static readonly TimeSpan s_hang = TimeSpan.FromMinutes(5);
    private static readonly TestName s_alice = TestName.Of(("CN", "alice"));

    public static TheoryData<SslProtocols, bool> Clients => new()
    {
        { SslProtocols.Tls12, true }, { SslProtocols.Tls12, false }, { SslProtocols.Tls13, true }, { SslProtocols.Tls13, false },
    };

    // The attack: an untrusted certificate names a URL from which the default policy fetches its issuer before the login, for up to 15
    // seconds.
    [Theory, MemberData(nameof(Clients))]
    public async Task Handshake_FetchesNothing(SslProtocols version, bool trusted)
    {
        using TcpListener web = new(IPAddress.Loopback, 0);
        web.Start();
        string url = $"http://127.0.0.1:{((IPEndPoint)web.LocalEndpoint).Port}/";
        TestCertificateAuthority root = TestCertificateAuthority.Create(TestName.Of(("CN", "root")));
        TestCertificateAuthority sub = root.IssueIntermediate(TestName.Of(("CN", "sub")));
        TestCertificate leaf = sub.Issue(new() { Subject = s_alice, Extensions = UrlExtensions.Urls(url) });
        ServerTls tls = CreateTls(trusted ? Bundle(root.Certificate) : Bundle(root.Rotate().Certificate));
        using X509Certificate2 certificate = leaf.ToX509Certificate2();

        HandshakeOutcome outcome = await tls.ShakeHandsAsync(Loopback.ClientOptions(version, certificate, trusted ? leaf.Chain : []));

        (outcome.Failure is null).Should().Be(trusted);
        web.Pending().Should().BeFalse();

        await AssertBaitWorksAsync(certificate, web);
    }

    // Proves that the certificate is bait: the default policy connects to its URL.
    private static async Task AssertBaitWorksAsync(X509Certificate2 certificate, TcpListener web)
    {
        using X509Chain fetching = new();
        fetching.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        fetching.ChainPolicy.UrlRetrievalTimeout = s_hang;
        Task building = Task.Run(() => fetching.Build(certificate));
        using (await web.AcceptTcpClientAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(s_hang))
            web.Stop();
        await building;
    }

    // The stores in the home directory of the child process contain a twin of the intermediate and an unrelated root.
    [Fact]
    public async Task Handshake_ReadsNoStoreOfTheUser() =>
        (await PoisonedHomeDirectory.RunAsync(nameof(Handshake_IgnoresTheStores_InAPoisonedHomeDirectory)))
            .Should().Contain(PoisonedHomeDirectory.Passed);

    [Fact]
    public async Task Handshake_IgnoresTheStores_InAPoisonedHomeDirectory()
    {
        string home = PoisonedHomeDirectory.Require(nameof(Handshake_ReadsNoStoreOfTheUser));
        TestCertificateAuthority root = TestCertificateAuthority.Create(TestName.Of(("CN", "root")));
        TestCertificateAuthority stranger = TestCertificateAuthority.Create(TestName.Of(("CN", "stranger")));
        TestCertificateAuthority sub = root.IssueIntermediate(TestName.Of(("CN", "sub")));
        using X509Certificate2 rootCertificate = root.ToX509Certificate2();
        using X509Certificate2 subCertificate = sub.ToX509Certificate2();
        using X509Certificate2 twinCertificate = sub.Rotate().ToX509Certificate2();
        using X509Certificate2 strangerCertificate = stranger.ToX509Certificate2();
        foreach (string store in new[] { "my", "ca", "root" })
        {
            PoisonedHomeDirectory.Plant(home, store, twinCertificate);
            PoisonedHomeDirectory.Plant(home, store, strangerCertificate);
        }

        // A .NET client also reads the stores, to find the intermediate that it sends; for that, the leaf needs a key identifier.
        TestCertificate withoutIdentifier = sub.Issue(new() { Subject = s_alice, Version = TestCertificateVersion.V1 });
        TestCertificate alice = sub.IssueClient(s_alice);
        TrustBundle bundle = Bundle(root.Certificate);
        ServerTls tls = CreateTls(bundle);

        HandshakeOutcome good = await tls.ShakeHandsAsync(SslProtocols.Tls13, alice);
        HandshakeOutcome bad = await tls.ShakeHandsAsync(SslProtocols.Tls13, stranger.IssueClient(s_alice));

        (good.Info?.ClientCertificate?.Certificate!.Der.ToArray()).Should().Equal(alice.Der.ToArray());
        (bad.Rejection?.Reason).Should().Be(RejectionReason.UntrustedIssuer);
        bundle.VerifyChain(withoutIdentifier).Should().Be(RejectionReason.None);

        // The stores have an effect elsewhere: X509Chain rejects the leaf that the bundle accepts.
        using X509Chain chain = new();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.CustomTrustStore.Add(rootCertificate);
        chain.ChainPolicy.ExtraStore.Add(subCertificate);
        using X509Certificate2 leaf = withoutIdentifier.ToX509Certificate2();
        chain.Build(leaf).Should().BeFalse();
    }

    private static ServerTls CreateTls(TrustBundle bundle) => new(new()
    {
        ServerCertificate = Source.Fixed(Loopback.ServerCertificate),
        ClientTrust = Source.Fixed(bundle),
    });
}
