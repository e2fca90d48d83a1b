using System.IO.Pipelines;
using System.Threading.RateLimiting;

namespace CertAuth.Transport;

/// <summary>The permit for one handshake, from <see cref="HandshakeLimiter.AcquireAsync"/>.</summary>
/// <remarks>Dispose the permit when the handshake has ended. The wrapped transport then adds nothing to reads and writes, and another
/// handshake of the address can begin. Safe for concurrent use.</remarks>
public sealed class HandshakePermit : IDisposable
{
    private readonly HandshakeLimiter? _limiter;
    private readonly AddressLimits? _limits;
    private readonly RateLimitLease? _lease;
    private int _isDisposed;

    /// <summary>Initializes a permit for a peer that is not limited.</summary>
    internal HandshakePermit() => Turn = new(null);

    internal HandshakePermit(HandshakeLimiter limiter, AddressLimits limits, RateLimitLease lease)
    {
        (_limiter, _limits, _lease) = (limiter, limits, lease);
        Turn = new(limits.Turns);
    }

    internal HandshakeTurn Turn { get; }

    /// <summary>Wraps the transport of an <see cref="System.Net.Security.SslStream"/>. Until the permit is disposed, a read completes only
    /// when the address may use a processor.</summary>
    /// <param name="transport">The transport, which the wrapper owns.</param>
    /// <exception cref="ArgumentNullException"><paramref name="transport"/> is null.</exception>
    public Stream Wrap(Stream transport)
    {
        ArgumentNullException.ThrowIfNull(transport);
        return new HandshakeStream(transport, Turn);
    }

    /// <inheritdoc cref="Wrap(Stream)"/>
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
            _limiter!.RemoveHandshake(_limits);
    }
}
