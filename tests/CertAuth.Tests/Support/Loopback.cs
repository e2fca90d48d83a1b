using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using CertAuth.Tls;

namespace CertAuth.Tests.Support;

/// <summary>Handshakes between a server of the library and a client of .NET that trusts its certificate.</summary>
internal static class Loopback
{
    private static readonly TestCertificateAuthority s_serverCa = TestCertificateAuthority.Create(TestName.Of(("CN", "server CA")));

    internal const string Host = "db.test";

    internal static TestCertificate ServerTestCertificate { get; } = IssueServerCertificate();

    internal static ServerCertificate ServerCertificate { get; } = ServerCertificate.Create(ServerTestCertificate.ToX509Certificate2());

    /// <summary>Issues a new certificate for <see cref="Host"/> that the clients trust.</summary>
    internal static TestCertificate IssueServerCertificate() => IssueServerCertificate(Host);

    /// <summary>Issues a new certificate for other hosts that the clients trust.</summary>
    internal static TestCertificate IssueServerCertificate(params string[] hosts) => s_serverCa.IssueServer(hosts);

    internal static SslClientAuthenticationOptions ClientOptions(SslProtocols version, TestCertificate? certificate) =>
        ClientOptions(version, certificate?.ToX509Certificate2(), certificate?.Chain ?? []);

    internal static SslClientAuthenticationOptions ClientOptions(
        SslProtocols version, X509Certificate2? certificate, IEnumerable<ReadOnlyMemory<byte>> intermediates)
    {
        X509ChainPolicy trusting = new()
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        };
        trusting.CustomTrustStore.Add(s_serverCa.ToX509Certificate2());
        return new()
        {
            TargetHost = Host,
            EnabledSslProtocols = version,
            CertificateChainPolicy = trusting,
            ClientCertificateContext = certificate is null
                ? null
                : SslStreamCertificateContext.Create(
                    certificate, [.. intermediates.Select(der => X509CertificateLoader.LoadCertificate(der.Span))], offline: true),
        };
    }

    internal static Task<HandshakeOutcome> ShakeHandsAsync(
        this ServerTls tls, SslProtocols version, TestCertificate? certificate) =>
        tls.ShakeHandsAsync(ClientOptions(version, certificate));

    /// <summary>Runs a handshake and then sends one byte each way, so that session tickets arrive.</summary>
    internal static async Task<HandshakeOutcome> ShakeHandsAsync(
        this ServerTls tls, SslClientAuthenticationOptions clientOptions)
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        await using TestTlsLoopback streams = await TestTlsLoopback.ConnectAsync(tls, new() { Options = clientOptions }, cancellation);
        if (!streams.Succeeded)
            return new(streams.ServerException, null, streams.Rejection, default);

        streams.ClientException.Should().BeNull();
        await streams.Server.WriteAsync(new byte[] { 1 }, cancellation);
        await streams.Client.WriteAsync(new byte[] { 2 }, cancellation);
        (await streams.Client.ReadAsync(new byte[1], cancellation)).Should().Be(1);
        (await streams.Server.ReadAsync(new byte[1], cancellation)).Should().Be(1);
        return new(null, streams.Connection, streams.Rejection, streams.Client.NegotiatedCipherSuite);
    }

    /// <summary>Connects two sockets, for tests of what happens to the connection itself.</summary>
    internal static async Task<(TcpClient Server, TcpClient Client)> ConnectAsync()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        TcpClient client = new();
        await client.ConnectAsync((IPEndPoint)listener.LocalEndpoint, TestContext.Current.CancellationToken);
        return (await listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken), client);
    }
}
