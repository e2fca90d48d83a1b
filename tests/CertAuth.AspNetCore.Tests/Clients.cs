using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using CertAuth.Reloading;
using CertAuth.Tls;
using CertAuth.Trust;

namespace CertAuth.AspNetCore.Tests;

/// <summary>The certificates of both sides, and clients that use them.</summary>
internal static class Clients
{
    private static readonly TestName s_alice = TestName.Of(("CN", "alice"));
    private static readonly TestCertificateAuthority s_stranger = TestCertificateAuthority.Create(TestName.Of(("CN", "stranger")));

    internal static TestCertificateAuthority Root { get; } = TestCertificateAuthority.Create(TestName.Of(("CN", "root")));

    internal static TestCertificate Good { get; } = Root.IssueClient(s_alice);

    internal static TestCertificate ViaIntermediate { get; } = Root.IssueIntermediate(TestName.Of(("CN", "sub"))).IssueClient(s_alice);

    internal static TestCertificate Untrusted { get; } = s_stranger.IssueClient(s_alice);

    internal static ServerCertificate Server { get; } =
        ServerCertificate.Create(Loopback.IssueServerCertificate("127.0.0.1").ToX509Certificate2());

    /// <summary>A server certificate for 127.0.0.1 and localhost.</summary>
    internal static X509Certificate2 Localhost { get; } = Loopback.IssueServerCertificate("127.0.0.1", "localhost").ToX509Certificate2();

    /// <summary>The client with which the library fetches key sets, except that it trusts the servers of these tests.</summary>
    internal static HttpClient KeySetClient { get; } = CreateKeySetClient(followsRedirects: false);

    internal static TrustBundle Trust(TestCertificateAuthority root) => TrustBundle.Parse(Encoding.ASCII.GetBytes(root.Pem));

    internal static SslClientAuthenticationOptions CreateSslOptions(SslProtocols version, TestCertificate? certificate)
    {
        SslClientAuthenticationOptions options = Loopback.ClientOptions(version, certificate);
        options.TargetHost = IPAddress.Loopback.ToString();
        return options;
    }

    /// <summary>Creates a client with a connection pool of its own, which keeps connections alive.</summary>
    internal static HttpClient Create(SslProtocols version, TestCertificate? certificate, Version? http = null) =>
        new(new SocketsHttpHandler { SslOptions = CreateSslOptions(version, certificate) })
        {
            DefaultRequestVersion = http ?? HttpVersion.Version11,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };

    internal static HttpClient CreateKeySetClient(bool followsRedirects) => !followsRedirects
        ? HttpsOrigin.CreateClient(CreateSslOptions(SslProtocols.None, certificate: null).CertificateChainPolicy)
        : new(new SocketsHttpHandler { SslOptions = CreateSslOptions(SslProtocols.None, certificate: null), AllowAutoRedirect = true });
}
