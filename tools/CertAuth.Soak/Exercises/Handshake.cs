using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using CertAuth.Testing;

namespace CertAuth.Soak.Exercises;

/// <summary>A TLS handshake in memory between a server of the library and a client of .NET.</summary>
internal static class Handshake
{
    internal const string Host = "db.test";

    /// <summary>Runs a handshake and then sends one byte each way.</summary>
    /// <param name="tls">The server.</param>
    /// <param name="isTrusted">A predicate that decides whether the client trusts the server's certificate.</param>
    /// <exception cref="AuthenticationException">The handshake failed.</exception>
    internal static async Task RunAsync(ServerTls tls, Predicate<byte[]> isTrusted)
    {
        await using TestTlsLoopback streams = await TestTlsLoopback.ConnectAsync(tls, new() { Options = CreateClientOptions(isTrusted) });
        if ((streams.ClientException ?? streams.ServerException) is { } failure)
            throw new AuthenticationException("The handshake failed.", failure);

        await streams.Server.WriteAsync(new byte[] { 1 });
        await streams.Client.WriteAsync(new byte[] { 2 });
        await streams.Client.ReadExactlyAsync(new byte[1]);
        await streams.Server.ReadExactlyAsync(new byte[1]);
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
