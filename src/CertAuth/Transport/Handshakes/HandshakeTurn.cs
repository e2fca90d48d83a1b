using System.Threading.RateLimiting;

namespace CertAuth.Transport;

/// <summary>The permission of one handshake to use a processor. A turn begins when there is something to compute, and ends while the
/// handshake waits for its transport.</summary>
/// <remarks>A handshake computes only between two reads or writes of its transport, so a peer that sends nothing holds no turn. Safe for
/// concurrent use.</remarks>
/// <param name="limiter">The limiter of the turns of one address; null if the peer is not limited.</param>
internal sealed class HandshakeTurn(ConcurrencyLimiter? limiter)
{
    private readonly Lock _lock = new();
    private ConcurrencyLimiter? _limiter = limiter;
    private RateLimitLease? _lease;
    private volatile bool _isHandshakeOver;

    /// <summary>Gets a value that indicates whether the handshake has ended. Turns are then no longer needed.</summary>
    internal bool IsHandshakeOver => _isHandshakeOver;

    /// <summary>Waits for a turn and begins it. Does nothing if a turn has begun, if the handshake has ended, or if the peer is not
    /// limited.</summary>
    internal async ValueTask BeginAsync(CancellationToken cancellationToken)
    {
        ConcurrencyLimiter? limiter = GetLimiterOrNull();
        if (limiter is null)
            return;
        RateLimitLease lease = await limiter.AcquireAsync(1, cancellationToken).ConfigureAwait(false);
        lock (_lock)
        {
            if (!_isHandshakeOver && _lease is null)
            {
                _lease = lease;
                return;
            }
        }

        lease.Dispose();
    }

    /// <summary>Ends the current turn, if there is one.</summary>
    internal void Pause()
    {
        RateLimitLease? lease;
        lock (_lock)
            (lease, _lease) = (_lease, null);
        lease?.Dispose();
    }

    /// <summary>Ends the current turn and the handshake.</summary>
    internal void End()
    {
        // The stream refers to this object for as long as the connection lives, and must not keep the limiter of the address alive.
        lock (_lock)
            (_isHandshakeOver, _limiter) = (true, null);
        Pause();
    }

    private ConcurrencyLimiter? GetLimiterOrNull()
    {
        lock (_lock)
            return _lease is null ? _limiter : null;
    }
}
