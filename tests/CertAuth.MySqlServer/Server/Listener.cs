using System.Net;
using System.Net.Sockets;
using CertAuth.MySqlServer.Logging;
using CertAuth.MySqlServer.Protocol;

namespace CertAuth.MySqlServer.Server;

/// <summary>Accepts connections while slots are free and starts a session for each.</summary>
internal sealed class Listener : IDisposable
{
    private readonly TcpListener _listener;
    private readonly JsonLog _log;
    private uint _lastId;

    internal Listener(IPEndPoint address, ConnectionSlots slots, JsonLog log)
    {
        (_listener, Slots, _log) = (new(address), slots, log);
        _listener.Start();
    }

    internal ConnectionSlots Slots { get; }

    internal IPEndPoint Address => (IPEndPoint)_listener.LocalEndpoint;

    public void Dispose() => _listener.Dispose();

    /// <summary>Runs until it is stopped. A failed session does not affect others.</summary>
    internal async Task RunAsync(Func<Connection, Task> serve, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            Socket socket;
            try
            {
                socket = await _listener.AcceptSocketAsync(stop);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (SocketException exception)
            {
                // The client closed the connection early, or no file descriptor is free. Neither stops the server.
                _log.Write("accept", json =>
                {
                    json.WriteString("problem", "A connection cannot be accepted.");
                    json.WriteString("error", exception.SocketErrorCode.ToString());
                });
                await Task.Delay(TimeSpan.FromMilliseconds(50), CancellationToken.None);
                continue;
            }

            _ = ServeAsync(new(socket, ++_lastId, Slots, stop), serve);
        }
    }

    private async Task ServeAsync(Connection accepted, Func<Connection, Task> serve)
    {
        using Connection connection = accepted;
        try
        {
            connection.Socket.NoDelay = true;
            if (Slots.TryEnter(connection))
                await serve(connection);
            else
                await RejectConnectionAsync(connection);
        }
        catch (OperationCanceledException)
        {
            _log.Write(connection.IsEvicted ? "evicted" : "timeout", json => json.WriteNumber("connection", connection.Id));
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            _log.Write("broken", json => json.WriteNumber("connection", connection.Id));
        }
        catch (Exception exception)
        {
            // A bug of this program. It is logged and does not end other sessions.
            _log.Write("failure", json => json.WriteString("exception", exception.ToString()));
        }
    }

    private static async Task RejectConnectionAsync(Connection connection)
    {
        connection.Deadline.CancelAfter(TimeSpan.FromSeconds(1));
        await using NetworkStream stream = new(connection.Socket);
        await new PacketStream(stream).WriteAsync(Responses.EarlyError(1040, Responses.TooManyConnectionsText), connection.Deadline.Token);
    }
}
