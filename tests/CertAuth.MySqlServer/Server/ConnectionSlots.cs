namespace CertAuth.MySqlServer.Server;

/// <summary>The limits of the number of connections that are logged in and that are not. Safe for concurrent use.</summary>
/// <remarks>A logged-in connection keeps its slot. If all slots for other connections are in use, the oldest of those connections is
/// closed. Clients that connect and send nothing therefore displace only each other: a login takes far less time than they need to fill all
/// slots again.</remarks>
internal sealed class ConnectionSlots(int maxLoggedIn, int maxPending)
{
    private readonly Lock _lock = new();
    private readonly LinkedList<Connection> _pending = [];
    private int _loggedIn;

    internal int LoggedIn
    {
        get
        {
            lock (_lock)
                return _loggedIn;
        }
    }

    internal int Pending
    {
        get
        {
            lock (_lock)
                return _pending.Count;
        }
    }

    /// <summary>Adds a connection that is not logged in. Returns false if the maximum number of connections is logged in.</summary>
    internal bool TryEnter(Connection connection)
    {
        lock (_lock)
        {
            if (_loggedIn >= maxLoggedIn)
                return false;
            if (_pending.Count >= maxPending && _pending.First is { } oldest)
            {
                _pending.Remove(oldest);
                oldest.Value.Evict();
            }

            _pending.AddLast(connection.Pending);
            return true;
        }
    }

    internal bool TryLogIn(Connection connection)
    {
        lock (_lock)
        {
            if (connection.IsLoggedIn)
                return true;
            if (connection.Pending.List is null || _loggedIn >= maxLoggedIn)
                return false;
            _pending.Remove(connection.Pending);
            _loggedIn++;
            return connection.IsLoggedIn = true;
        }
    }

    internal void Leave(Connection connection)
    {
        lock (_lock)
        {
            if (connection.Pending.List is not null)
                _pending.Remove(connection.Pending);
            if (connection.IsLoggedIn)
                _loggedIn--;
            connection.IsLoggedIn = false;
        }
    }
}
