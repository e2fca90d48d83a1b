using System.Threading.RateLimiting;

namespace CertAuth.Transport;

/// <summary>One handshake's turns at using a processor: each begins when there is something to compute, and pauses when the transport
/// is waited for.</summary>
/// <remarks>A handshake computes only between a read or write of its transport and the next one, so a peer that sends nothing holds no
/// turn. Safe for concurrent use.</remarks>
internal sealed class HandshakeTurn(ConcurrencyLimiter? limiter)
{
    private readonly Lock _lock = new();
    private ConcurrencyLimiter? _limiter = limiter;
    private RateLimitLease? _lease;
    private volatile bool _isOver;

    /// <summary>Whether the handshake has ended, and nothing waits for a turn anymore.</summary>
    internal bool IsOver => _isOver;

    internal async ValueTask BeginAsync(CancellationToken cancellationToken)
    {
        ConcurrencyLimiter? turns = FindLimiter();
        if (turns is null)
            return;
        RateLimitLease lease = await turns.AcquireAsync(1, cancellationToken).ConfigureAwait(false);
        lock (_lock)
        {
            if (!_isOver && _lease is null)
            {
                _lease = lease;
                return;
            }
        }

        lease.Dispose();
    }

    internal void Pause()
    {
        RateLimitLease? lease;
        lock (_lock)
            (lease, _lease) = (_lease, null);
        lease?.Dispose();
    }

    internal void End()
    {
        // The stream lives as long as its connection, and must not keep the limits of an address that has no handshake under way.
        lock (_lock)
            (_isOver, _limiter) = (true, null);
        Pause();
    }

    // None where nothing is limited, during a turn, and after the handshake.
    private ConcurrencyLimiter? FindLimiter()
    {
        lock (_lock)
            return _lease is null ? _limiter : null;
    }
}
