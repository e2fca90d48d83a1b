using System.Net;
using System.Net.Sockets;
using MySqlLogin.Logging;
using MySqlLogin.Protocol;

namespace MySqlLogin.Server;

/// <summary>Takes connections, so many at a time, and hands each to a session.</summary>
internal sealed class Listener : IDisposable
{
    private readonly TcpListener _listener;
    private readonly JsonLog _log;
    private readonly int _maxConnections;
    private uint _lastId;
    private int _open;

    internal Listener(IPEndPoint address, int maxConnections, JsonLog log)
    {
        (_listener, _maxConnections, _log) = (new(address), maxConnections, log);
        _listener.Start();
    }

    internal IPEndPoint Address => (IPEndPoint)_listener.LocalEndpoint;

    public void Dispose() => _listener.Dispose();

    /// <summary>Runs until it is stopped. A session that fails ends alone.</summary>
    internal async Task RunAsync(Func<Socket, uint, CancellationToken, Task> serve, CancellationToken stop)
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

            _ = ServeAsync(socket, ++_lastId, serve, stop);
        }
    }

    private async Task ServeAsync(Socket socket, uint id, Func<Socket, uint, CancellationToken, Task> serve, CancellationToken stop)
    {
        using Socket owned = socket;
        bool fits = Interlocked.Increment(ref _open) <= _maxConnections;
        try
        {
            socket.NoDelay = true;
            if (fits)
                await serve(socket, id, stop);
            else
                await TurnAwayAsync(socket, stop);
        }
        catch (OperationCanceledException)
        {
            _log.Write("timeout", json => json.WriteNumber("connection", id));
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            _log.Write("broken", json => json.WriteNumber("connection", id));
        }
        catch (Exception exception)
        {
            // A mistake of this program: it must not end the others' sessions, nor stay unseen.
            _log.Write("failure", json => json.WriteString("exception", exception.ToString()));
        }
        finally
        {
            Interlocked.Decrement(ref _open);
        }
    }

    private static async Task TurnAwayAsync(Socket socket, CancellationToken stop)
    {
        using CancellationTokenSource deadline = CancellationTokenSource.CreateLinkedTokenSource(stop);
        deadline.CancelAfter(TimeSpan.FromSeconds(1));
        await using NetworkStream stream = new(socket);
        await new PacketStream(stream).WriteAsync(Answers.EarlyError(1040, "Too many connections"), deadline.Token);
    }
}
