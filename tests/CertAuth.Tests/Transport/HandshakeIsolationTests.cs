using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using CertAuth.Testing;
using CertAuth.Tests.Support;
using CertAuth.Transport;
using CertAuth.Trust;
using static CertAuth.Tests.Support.TrustExtensions;

namespace CertAuth.Tests.Transport;

/// <summary>No verdict depends on the network or on a certificate store of the machine or the user.</summary>
public sealed class HandshakeIsolationTests
{
    private const string PoisonedHome = "CERTAUTH_POISONED_HOME";

    private static readonly TestName s_alice = TestName.Of(("CN", "alice"));

    public static TheoryData<SslProtocols, bool> Clients => new()
    {
        { SslProtocols.Tls12, true }, { SslProtocols.Tls12, false }, { SslProtocols.Tls13, true }, { SslProtocols.Tls13, false },
    };

    // The attack: an untrusted certificate names a URL from which the default policy fetches its issuer before login, 15 seconds long.
    [Theory, MemberData(nameof(Clients))]
    public async Task Handshake_FetchesNothing(SslProtocols version, bool trusted)
    {
        using TcpListener web = new(IPAddress.Loopback, 0);
        web.Start();
        string url = $"http://127.0.0.1:{((IPEndPoint)web.LocalEndpoint).Port}/";
        TestCertificateAuthority root = TestCertificateAuthority.Create(TestName.Of(("CN", "root")));
        TestCertificateAuthority sub = root.IssueIntermediate(TestName.Of(("CN", "sub")));
        TestCertificate leaf = sub.Issue(new() { Subject = s_alice, Extensions = Urls(url) });
        ClientCertificateTls tls = Tls(trusted ? Bundle(root.Certificate) : Bundle(root.Rotate().Certificate));
        using X509Certificate2 certificate = leaf.ToX509Certificate2();

        HandshakeOutcome outcome = await tls.ShakeHandsAsync(Loopback.ClientOptions(version, certificate, trusted ? leaf.Chain : []));

        Assert.Equal(trusted, outcome.Failure is null);
        Assert.False(web.Pending());

        // The bait is good: the default policy takes it.
        using X509Chain fetching = new();
        fetching.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        fetching.ChainPolicy.UrlRetrievalTimeout = TimeSpan.FromSeconds(1);
        fetching.Build(certificate);
        Assert.True(web.Pending());
    }

    // A child process has a home whose stores hold a twin of the intermediate, and a stranger as root.
    [Fact]
    public async Task Handshake_ReadsNoStoreOfTheUser()
    {
        if (OperatingSystem.IsWindows() || OperatingSystem.IsMacOS())
            Assert.Skip("Stores are files below HOME on Linux alone.");

        DirectoryInfo home = Directory.CreateTempSubdirectory("certauth-home-");
        try
        {
            string tests = typeof(HandshakeIsolationTests).Assembly.Location;
            ProcessStartInfo start = new("dotnet", [tests, "-method", $"*.{nameof(Handshake_InAPoisonedHome)}"])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            start.Environment["HOME"] = home.FullName;
            start.Environment["DOTNET_CLI_HOME"] = home.FullName;
            start.Environment[PoisonedHome] = home.FullName;
            using Process child = Process.Start(start)!;
            Task<string> error = child.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            string output = await child.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await child.WaitForExitAsync(TestContext.Current.CancellationToken);

            Assert.True(child.ExitCode == 0, output + await error);
            Assert.Contains("Total: 1, Errors: 0, Failed: 0, Skipped: 0", output, StringComparison.Ordinal);
        }
        finally
        {
            home.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Handshake_InAPoisonedHome()
    {
        if (Environment.GetEnvironmentVariable(PoisonedHome) is not { Length: > 0 } home)
        {
            Assert.Skip($"Runs in the child process of {nameof(Handshake_ReadsNoStoreOfTheUser)}.");
            return;
        }

        TestCertificateAuthority root = TestCertificateAuthority.Create(TestName.Of(("CN", "root")));
        TestCertificateAuthority stranger = TestCertificateAuthority.Create(TestName.Of(("CN", "stranger")));
        TestCertificateAuthority sub = root.IssueIntermediate(TestName.Of(("CN", "sub")));
        using X509Certificate2 rootCertificate = root.ToX509Certificate2();
        using X509Certificate2 subCertificate = sub.ToX509Certificate2();
        using X509Certificate2 twinCertificate = sub.Rotate().ToX509Certificate2();
        using X509Certificate2 strangerCertificate = stranger.ToX509Certificate2();
        foreach (string store in new[] { "my", "ca", "root" })
        {
            Plant(home, store, twinCertificate);
            Plant(home, store, strangerCertificate);
        }

        // The client's side of .NET reads the stores, too: with a key identifier it finds the intermediate to send.
        TestCertificate withoutIdentifier = sub.Issue(new() { Subject = s_alice, Version = TestCertificateVersion.V1 });
        TestCertificate alice = sub.IssueClient(s_alice);
        TrustBundle bundle = Bundle(root.Certificate);
        ClientCertificateTls tls = Tls(bundle);

        HandshakeOutcome good = await tls.ShakeHandsAsync(SslProtocols.Tls13, alice);
        HandshakeOutcome bad = await tls.ShakeHandsAsync(SslProtocols.Tls13, stranger.IssueClient(s_alice));

        Assert.Equal(alice.Der.ToArray(), good.Info?.ClientCertificate?.Certificate.Der.ToArray());
        Assert.Equal(FailureReason.UntrustedIssuer, bad.Refusal?.Reason);
        Assert.Equal(FailureReason.None, bundle.Judge(withoutIdentifier));

        // The poison is real: X509Chain refuses what the bundle alone should decide.
        using X509Chain chain = new();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.CustomTrustStore.Add(rootCertificate);
        chain.ChainPolicy.ExtraStore.Add(subCertificate);
        using X509Certificate2 leaf = withoutIdentifier.ToX509Certificate2();
        Assert.False(chain.Build(leaf));
    }

    private static void Plant(string home, string store, X509Certificate2 certificate)
    {
        string folder = Path.Combine(home, ".dotnet", "corefx", "cryptography", "x509stores", store);
        Directory.CreateDirectory(folder);
        File.WriteAllBytes(Path.Combine(folder, certificate.Thumbprint + ".pfx"), certificate.Export(X509ContentType.Pkcs12));
    }

    private static ClientCertificateTls Tls(TrustBundle bundle) => new(new()
    {
        ServerCertificate = new FixedSource<ServerCertificate>(Loopback.ServerCertificate),
        ClientTrust = new FixedSource<TrustBundle>(bundle),
    });

    // authorityInfoAccess: caIssuers and ocsp; cRLDistributionPoints.
    private static TestExtension[] Urls(string url)
    {
        byte[] access = new X509AuthorityInformationAccessExtension(ocspUris: [url], caIssuersUris: [url]).RawData;
        byte[] crl = CertificateRevocationListBuilder.BuildCrlDistributionPointExtension([url]).RawData;
        return [new("1.3.6.1.5.5.7.1.1", critical: false, access), new("2.5.29.31", critical: false, crl)];
    }
}
