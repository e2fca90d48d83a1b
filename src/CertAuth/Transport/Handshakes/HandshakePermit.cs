using System.IO.Pipelines;
using System.Threading.RateLimiting;

namespace CertAuth.Transport;

/// <summary>The permit for one handshake, from <see cref="HandshakeLimiter.AcquireAsync"/>.</summary>
/// <remarks>Dispose the permit when the handshake has ended. The wrapper of the transport then only passes reads and writes on, and another
/// handshake of the address can begin. Safe for concurrent use.</remarks>
public sealed class HandshakePermit : IDisposable
{
    private readonly AddressTable? _addresses;
    private readonly AddressLimits? _limits;
    private readonly RateLimitLease? _lease;
    private int _isDisposed;

    /// <summary>Initializes a permit for a peer that is not limited.</summary>
    internal HandshakePermit() => Turn = new(null);

    internal HandshakePermit(AddressTable addresses, AddressLimits limits, RateLimitLease lease)
    {
        (_addresses, _limits, _lease) = (addresses, limits, lease);
        Turn = new(limits.Turns);
    }

    internal HandshakeTurn Turn { get; }

    /// <summary>Wraps the transport of an <see cref="System.Net.Security.SslStream"/>. Until the permit is disposed, a read or an
    /// asynchronous write completes only when the address may use a processor.</summary>
    /// <param name="transport">The transport, which is disposed with the wrapper.</param>
    /// <returns>The wrapper, to pass to the <see cref="System.Net.Security.SslStream"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="transport"/> is null.</exception>
    public Stream Wrap(Stream transport)
    {
        ArgumentNullException.ThrowIfNull(transport);
        return new HandshakeStream(transport, Turn);
    }

    /// <summary>Wraps the transport of a Kestrel connection. Until the permit is disposed, a read, write or flush completes only when the
    /// address may use a processor.</summary>
    /// <param name="transport">The transport. The wrapper does not complete its pipes by itself.</param>
    /// <returns>The wrapper, to set as the transport of the connection during the handshake.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="transport"/> is null.</exception>
    public IDuplexPipe Wrap(IDuplexPipe transport)
    {
        ArgumentNullException.ThrowIfNull(transport);
        return new HandshakePipe(transport, Turn);
    }

    /// <summary>Releases the permit. Further calls do nothing.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
            return;
        Turn.End();
        _lease?.Dispose();
        if (_limits is not null)
            _addresses!.RemoveHandshake(_limits);
    }
}
