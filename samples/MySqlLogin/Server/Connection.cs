using System.Net.Sockets;

namespace MySqlLogin.Server;

/// <summary>A connection that was taken, and its place among the others.</summary>
internal sealed class Connection : IDisposable
{
    private readonly ConnectionSlots _places;

    internal Connection(Socket socket, uint id, ConnectionSlots places, CancellationToken stop)
    {
        (Socket, Id, _places) = (socket, id, places);
        Deadline = CancellationTokenSource.CreateLinkedTokenSource(stop);
        Pending = new(this);
    }

    internal Socket Socket { get; }

    internal uint Id { get; }

    /// <summary>Ends the session: when its time is up, when its place is needed, when the listener stops.</summary>
    internal CancellationTokenSource Deadline { get; }

    /// <summary>Whether it had to make room.</summary>
    internal bool IsEvicted { get; private set; }

    internal bool IsLoggedIn { get; set; }

    /// <summary>Where it stands among those that are not logged in; of no list when it does not.</summary>
    internal LinkedListNode<Connection> Pending { get; }

    /// <summary>Takes a place among those that are logged in, once; false where there is none.</summary>
    internal bool TryLogIn() => _places.TryLogIn(this);

    // What waits for the deadline goes on in a thread of its own, not in the one that evicts.
    internal void Evict()
    {
        IsEvicted = true;
        _ = Deadline.CancelAsync();
    }

    public void Dispose()
    {
        _places.Leave(this);
        Deadline.Dispose();
        Socket.Dispose();
    }
}
