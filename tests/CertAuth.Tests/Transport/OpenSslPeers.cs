using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace CertAuth.Tests.Transport;

/// <summary>Handshakes with openssl, which can send certificates that a .NET peer cannot: any certificate, with any others.</summary>
internal static class OpenSslPeers
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(60);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Runs <c>openssl s_client</c> and returns what <paramref name="accept"/> returns for its connection.</summary>
    internal static async Task<T> AcceptAsync<T>(
        OpenSsl openSsl, Func<Socket, Task<T>> accept, TestCertificate? certificate, string sent, params string[] options)
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        string address = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
        using Process client = openSsl.Start(
        [
            "s_client", "-connect", address, "-ign_eof", "-quiet", .. options,
            .. GetCertificateOptions(openSsl, "client", certificate, sent),
        ]);
        _ = client.StandardOutput.ReadToEndAsync(Cancellation);
        _ = client.StandardError.ReadToEndAsync(Cancellation);
        try
        {
            using Socket socket = await listener.AcceptSocketAsync(Cancellation);
            return await accept(socket).WaitAsync(s_limit, Cancellation);
        }
        finally
        {
            client.Kill();
        }
    }

    internal static Task<TlsAcceptResult> AcceptAsync(
        OpenSsl openSsl, ServerTls tls, TestCertificate? certificate, string sent, params string[] options) => AcceptAsync(
        openSsl,
        async socket =>
        {
            TlsAcceptResult result = await tls.AcceptAsync(new NetworkStream(socket), socket.RemoteEndPoint, Cancellation);
            if (result.Stream is not null)
                await result.Stream.DisposeAsync();
            return result;
        },
        certificate,
        sent,
        options);

    /// <summary>Runs <c>openssl s_server</c> and returns what <paramref name="connect"/> returns for a connection to it.</summary>
    internal static async Task<T> ConnectAsync<T>(
        OpenSsl openSsl, Func<Socket, Task<T>> connect, TestCertificate certificate, params string[] options)
    {
        using Process server = openSsl.Start(
        [
            "s_server", "-accept", "127.0.0.1:0", "-naccept", "1", .. options,
            .. GetCertificateOptions(openSsl, "server", certificate, ""),
        ]);
        Task<string> errors = server.StandardError.ReadToEndAsync(Cancellation);
        try
        {
            string? line = "";
            while (line?.StartsWith("ACCEPT ", StringComparison.Ordinal) == false)
                line = await server.StandardOutput.ReadLineAsync(Cancellation).AsTask().WaitAsync(s_limit, Cancellation);
            if (line is null)
                throw new InvalidOperationException($"openssl s_server: {await errors}");
            int port = int.Parse(line.AsSpan(line.LastIndexOf(':') + 1), CultureInfo.InvariantCulture);
            _ = server.StandardOutput.ReadToEndAsync(Cancellation);
            using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(IPAddress.Loopback, port, Cancellation);
            return await connect(socket).WaitAsync(s_limit, Cancellation);
        }
        finally
        {
            server.Kill();
        }
    }

    private static string[] GetCertificateOptions(OpenSsl openSsl, string name, TestCertificate? certificate, string sent)
    {
        if (certificate is null)
            return [];
        return
        [
            "-cert", openSsl.File($"{name}.pem", certificate.Pem), "-key", openSsl.File($"{name}-key.pem", certificate.PrivateKeyPem),
            .. sent.Length == 0 ? (string[])[] : ["-cert_chain", openSsl.File($"{name}-sent.pem", sent)],
        ];
    }
}
