using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace CertAuth.Soak.Exercises;

/// <summary>A TLS handshake in memory between a server of the library and a client of .NET.</summary>
internal static class Handshake
{
    internal const string Host = "db.test";

    private static readonly TimeSpan s_timeout = TimeSpan.FromMinutes(5);

    /// <summary>Runs a handshake and then sends one byte each way.</summary>
    /// <param name="tls">The server.</param>
    /// <param name="isTrusted">A predicate that decides whether the client trusts the server's certificate.</param>
    /// <exception cref="AuthenticationException">The handshake failed.</exception>
    internal static async Task RunAsync(ServerTls tls, Predicate<byte[]> isTrusted)
    {
        using CancellationTokenSource deadline = new(s_timeout);
        (MemoryDuplex serverEnd, MemoryDuplex clientEnd) = MemoryDuplex.Create();
        await using SslStream server = new(serverEnd);
        await using SslStream client = new(clientEnd);
        Task connecting = client.AuthenticateAsClientAsync(CreateClientOptions(isTrusted), deadline.Token);
        await Task.WhenAll(connecting, server.AuthenticateAsServerAsync(tls.CreateServerOptions(), deadline.Token));

        await server.WriteAsync(new byte[] { 1 }, deadline.Token);
        await client.WriteAsync(new byte[] { 2 }, deadline.Token);
        await client.ReadExactlyAsync(new byte[1], deadline.Token);
        await server.ReadExactlyAsync(new byte[1], deadline.Token);
    }

    private static SslClientAuthenticationOptions CreateClientOptions(Predicate<byte[]> isTrusted) => new()
    {
        TargetHost = Host,
        EnabledSslProtocols = SslProtocols.Tls13,
        AllowTlsResume = false,
        CertificateChainPolicy = new()
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        },
        RemoteCertificateValidationCallback = (_, certificate, _, _) => isTrusted(certificate!.GetRawCertData()),
    };
}
