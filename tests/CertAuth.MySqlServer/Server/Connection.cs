using System.Net.Sockets;

namespace CertAuth.MySqlServer.Server;

/// <summary>An accepted connection and its slot.</summary>
internal sealed class Connection : IDisposable
{
    private readonly ConnectionSlots _slots;

    internal Connection(Socket socket, uint id, ConnectionSlots slots, CancellationToken stop)
    {
        (Socket, Id, _slots) = (socket, id, slots);
        Deadline = CancellationTokenSource.CreateLinkedTokenSource(stop);
        Pending = new(this);
    }

    internal Socket Socket { get; }

    internal uint Id { get; }

    /// <summary>Gets the source that ends the session when a time limit elapses, when another connection needs the slot, or when the
    /// listener stops.</summary>
    internal CancellationTokenSource Deadline { get; }

    /// <summary>Gets a value that indicates whether the connection was closed because another connection needed its slot.</summary>
    internal bool IsEvicted { get; private set; }

    internal bool IsLoggedIn { get; set; }

    /// <summary>The node in the list of connections that are not logged in. It has no list when the connection is not one of
    /// them.</summary>
    internal LinkedListNode<Connection> Pending { get; }

    /// <summary>Acquires a slot for a logged-in connection. Returns false if none is free.</summary>
    internal bool TryLogIn() => _slots.TryLogIn(this);

    // CancelAsync runs the continuations on another thread, because the caller holds the lock of the slots.
    internal void Evict()
    {
        IsEvicted = true;
        _ = Deadline.CancelAsync();
    }

    public void Dispose()
    {
        _slots.Leave(this);
        Deadline.Dispose();
        Socket.Dispose();
    }
}
