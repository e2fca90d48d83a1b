using System.Net;
using System.Net.Sockets;
using MySqlLogin.Logging;
using MySqlLogin.Protocol;

namespace MySqlLogin.Server;

/// <summary>Takes connections, as many as there are places, and hands each to a session.</summary>
internal sealed class Listener : IDisposable
{
    private readonly TcpListener _listener;
    private readonly JsonLog _log;
    private uint _lastId;

    internal Listener(IPEndPoint address, ConnectionSlots places, JsonLog log)
    {
        (_listener, Places, _log) = (new(address), places, log);
        _listener.Start();
    }

    internal ConnectionSlots Places { get; }

    internal IPEndPoint Address => (IPEndPoint)_listener.LocalEndpoint;

    public void Dispose() => _listener.Dispose();

    /// <summary>Runs until it is stopped. A session that fails ends alone.</summary>
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
                // The client went away before it was taken, or there are no file descriptors left: neither ends the server.
                _log.Write("accept", json => json.WriteString("problem", exception.SocketErrorCode.ToString()));
                await Task.Delay(TimeSpan.FromMilliseconds(50), CancellationToken.None);
                continue;
            }

            _ = ServeAsync(new(socket, ++_lastId, Places, stop), serve);
        }
    }

    private async Task ServeAsync(Connection matched, Func<Connection, Task> serve)
    {
        using Connection connection = matched;
        try
        {
            connection.Socket.NoDelay = true;
            if (Places.TryEnter(connection))
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
            // A mistake of this program: it must not end the others' sessions, nor stay unseen.
            _log.Write("failure", json => json.WriteString("exception", exception.ToString()));
        }
    }

    private static async Task RejectConnectionAsync(Connection connection)
    {
        connection.Deadline.CancelAfter(TimeSpan.FromSeconds(1));
        await using NetworkStream stream = new(connection.Socket);
        await new PacketStream(stream).WriteAsync(Responses.EarlyError(1040, Responses.TooManyConnectionsCode), connection.Deadline.Token);
    }
}
