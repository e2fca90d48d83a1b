using System.Net;
using System.Net.Sockets;
using CertAuth;

namespace Forwarding;

/// <summary>A port that accepts TLS connections and serves them concurrently.</summary>
internal sealed class Listener : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ServerTls _tls;
    private readonly Func<LineConnection, TlsConnectionInfo, Task> _serve;

    internal Listener(ServerTls tls, Func<LineConnection, TlsConnectionInfo, Task> serve)
    {
        (_tls, _serve) = (tls, serve);
        _listener.Start();
        _ = AcceptAsync();
    }

    internal int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public void Dispose() => _listener.Dispose();

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = ServeAsync(await _listener.AcceptTcpClientAsync());
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Dispose has stopped the listener.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using TcpClient ended = client;
        try
        {
            TlsAcceptResult accepted = await _tls.AcceptAsync(client.GetStream(), client.Client.RemoteEndPoint);
            if (!accepted.Succeeded)
            {
                Console.WriteLine($"A handshake was rejected: {accepted.Rejection}");
                return;
            }

            await using LineConnection connection = new(client, accepted.Stream);
            await _serve(connection, accepted.Connection);
        }
        catch (Exception e)
        {
            // Disposing the connection tells the other end.
            Console.WriteLine($"A connection failed: {e.Message}");
        }
    }
}
