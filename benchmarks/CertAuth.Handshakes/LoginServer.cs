using System.Net;
using System.Net.Sockets;
using CertAuth.Tls;

namespace CertAuth.Handshakes;

/// <summary>The server process, to which alice logs in by certificate. It exits at the end of its input.</summary>
internal sealed class LoginServer(ServerTls tls, bool isLimited)
{
    /// <summary>The modes: plain handshakes, and handshakes with the limits of <c>AcceptAsync</c>.</summary>
    internal const string Plain = "AuthenticateAsServerAsync", Limited = "AcceptAsync";

    private readonly LoginAuthenticator _authenticator = new();
    private readonly Account _alice = Account.WithCertificate("alice", "REQUIRE SUBJECT '/CN=alice'");
    private int _rejected;

    internal static async Task<int> RunAsync(string folder, string mode)
    {
        byte[] pem = Material.Read(folder, "server.pem"), key = Material.Read(folder, "server.key");
        if (!ServerCertificate.TryParse(pem, key, out ServerCertificate? certificate, out var error))
            throw new InvalidOperationException($"{error}");
        ServerTls tls = new(new()
        {
            ServerCertificate = Source.Fixed(certificate),
            ClientTrust = Source.Fixed(TrustBundle.Parse(Material.Read(folder, "ca.pem"))),
        });
        LoginServer server = new(tls, mode == Limited);
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start(1000);
        Console.WriteLine(((IPEndPoint)listener.LocalEndpoint).Port);
        _ = server.AcceptAsync(listener);

        // Each input line requests the number of rejections so far and the milliseconds of processor time.
        while (await Console.In.ReadLineAsync() is not null)
        {
            TimeSpan processor = Process.GetCurrentProcess().TotalProcessorTime;
            Console.WriteLine($"{Volatile.Read(ref server._rejected)} {(long)processor.TotalMilliseconds}");
        }

        return 0;
    }

    private async Task AcceptAsync(TcpListener listener)
    {
        while (true)
            _ = ServeAsync(await listener.AcceptTcpClientAsync());
    }

    private async Task ServeAsync(TcpClient client)
    {
        using TcpClient ended = client;
        client.NoDelay = true;
        try
        {
            SslStream? stream = isLimited ? (await tls.AcceptAsync(client.GetStream(), client.Client.RemoteEndPoint)).Stream
                : await AuthenticateAsync(client);
            if (stream is null)
            {
                Interlocked.Increment(ref _rejected);
                return;
            }

            await using SslStream connection = stream;
            AuthenticationResult result = await _authenticator.AuthenticateAsync(new(_alice, tls.GetConnectionInfo(connection)));
            await connection.WriteAsync(result.Succeeded ? "welcome"u8.ToArray() : "rejected"u8.ToArray());
        }
        catch (IOException)
        {
            // The client has disconnected.
        }
    }

    private async Task<SslStream?> AuthenticateAsync(TcpClient client)
    {
        SslStream stream = new(client.GetStream());
        try
        {
            await stream.AuthenticateAsServerAsync(tls.CreateServerOptions());
            return stream;
        }
        catch (Exception e) when (e is AuthenticationException or IOException or CryptographicException)
        {
            await stream.DisposeAsync();
            return null;
        }
    }
}
