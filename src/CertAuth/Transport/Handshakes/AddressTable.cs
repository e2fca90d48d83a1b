using System.Net;

namespace CertAuth.Transport;

/// <summary>The addresses with at least one handshake in progress. Safe for concurrent use.</summary>
internal sealed class AddressTable(int maxHandshakesPerAddress)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<IPAddress, AddressLimits> _addresses = [];

    internal int Count
    {
        get
        {
            lock (_lock)
                return _addresses.Count;
        }
    }

    /// <summary>Adds a handshake that has a permit or waits for one, and its address if it is the first one.</summary>
    internal AddressLimits AddHandshake(IPAddress address)
    {
        lock (_lock)
        {
            if (!_addresses.TryGetValue(address, out AddressLimits? limits))
                _addresses.Add(address, limits = new(address, maxHandshakesPerAddress));
            limits.HandshakeCount++;
            return limits;
        }
    }

    /// <summary>Removes a handshake that has ended, and its address if it was the last one.</summary>
    internal void RemoveHandshake(AddressLimits limits)
    {
        lock (_lock)
        {
            if (--limits.HandshakeCount == 0)
                _addresses.Remove(limits.Address);
        }
    }
}
