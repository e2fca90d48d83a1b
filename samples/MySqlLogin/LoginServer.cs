using System.Collections.Frozen;
using System.Net;
using System.Net.Sockets;
using CertAuth;

namespace MySqlLogin;

/// <summary>Accepts connections and runs a session for each.</summary>
internal sealed class LoginServer : IDisposable
{
    // Each connection holds a socket and a few kilobytes.
    private const int MaxConnections = 500;

    private readonly TcpListener _listener;
    private readonly SemaphoreSlim _slots = new(MaxConnections);

    internal LoginServer(IPEndPoint address, ServerTls tls, ISource<FrozenDictionary<string, Account>> accounts, JsonLog log)
    {
        (Tls, Accounts, Log, _listener) = (tls, accounts, log, new(address));
        _listener.Start();
    }

    internal ServerTls Tls { get; }

    internal ISource<FrozenDictionary<string, Account>> Accounts { get; }

    internal LoginAuthenticator Logins { get; } = new();

    internal JsonLog Log { get; }

    internal IPEndPoint Address => (IPEndPoint)_listener.LocalEndpoint;

    public void Dispose() => _listener.Dispose();

    /// <summary>Runs until it is stopped. A failed session does not affect others.</summary>
    internal async Task RunAsync(CancellationToken stop)
    {
        for (uint id = 1; !stop.IsCancellationRequested; id++)
        {
            try
            {
                Socket socket = await _listener.AcceptSocketAsync(stop);
                if (_slots.Wait(0, CancellationToken.None))
                    _ = ServeAsync(socket, id, stop);
                else
                    socket.Dispose();
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (SocketException exception)
            {
                // The client closed the connection early, or no file descriptor is free. Neither stops the server.
                Log.Write("accept", new { Error = exception.SocketErrorCode.ToString() });
                await Task.Delay(TimeSpan.FromMilliseconds(50), CancellationToken.None);
            }
        }
    }

    private async Task ServeAsync(Socket accepted, uint id, CancellationToken stop)
    {
        using Socket socket = accepted;
        try
        {
            socket.NoDelay = true;
            await using Session session = new(this, socket, id, stop);
            await session.RunAsync();
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException or SocketException)
        {
            // The client was too slow or closed the connection, or the server stops.
            Log.Write("broken", new { Connection = id });
        }
        catch (Exception exception)
        {
            // A bug of this program. It does not end other sessions.
            Log.Write("failure", new { Connection = id, Exception = exception.ToString() });
        }
        finally
        {
            _slots.Release();
        }
    }
}
