namespace MySqlLogin.Server;

/// <summary>How many connections there may be: so many that are logged in, and so many that are not yet. Safe for concurrent use.</summary>
/// <remarks>Who is logged in keeps the place. Who is not makes room, the oldest first, when the places are full: so clients that connect and say nothing
/// stand in the way of one another alone, for a login takes far less time than they need to fill all places anew.</remarks>
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

    /// <summary>False where so many are logged in that no other could.</summary>
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
