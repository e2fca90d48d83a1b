using System.Net.Sockets;
using CertAuth.MySqlServer.Protocol;
using CertAuth.Transport;

namespace CertAuth.MySqlServer.Proxy;

/// <summary>The proxy's connection to the server.</summary>
internal sealed class Upstream : IAsyncDisposable
{
    private readonly ProxyOptions _options;
    private readonly UpstreamTls _tls;

    private Upstream(ProxyOptions options, UpstreamTls tls, Socket socket)
    {
        (_options, _tls) = (options, tls);
        Packets = new(new NetworkStream(socket, ownsSocket: true));
    }

    internal PacketStream Packets { get; }

    public ValueTask DisposeAsync() => Packets.Stream.DisposeAsync();

    /// <summary>Connects to the server. Returns null if the server cannot be reached.</summary>
    internal static async Task<Upstream?> ConnectAsync(ProxyOptions options, UpstreamTls tls, CancellationToken cancellationToken)
    {
        Socket socket = new(options.Server.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(options.Server, cancellationToken);
            return new(options, tls, socket);
        }
        catch (SocketException)
        {
            socket.Dispose();
            return null;
        }
        catch (OperationCanceledException)
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Upgrades to TLS and sends the login. Returns the problem for the log; null if there is none.</summary>
    internal async Task<string?> SendLoginAsync(HandshakeResponse login, CancellationToken cancellationToken)
    {
        if (!await Packets.WriteAsync(login.WriteSslRequest(), cancellationToken))
            return "The server closed the connection.";
        TlsConnectResult result = await _tls.ConnectAsync(Packets.Stream, _options.ServerName, cancellationToken);
        if (!result.Succeeded)
            return $"The TLS handshake with the server failed: {result.Rejection}";
        Packets.UpgradeTo(result.Stream);
        return await Packets.WriteAsync(login.Write(), cancellationToken) ? null : "The server closed the connection.";
    }
}
