using System.Net;
using System.Threading.RateLimiting;

namespace CertAuth.Transport;

/// <summary>The limits of one address with at least one handshake in progress.</summary>
/// <remarks>The limiters are not disposed: a <see cref="ConcurrencyLimiter"/> has no timer and no native resource.</remarks>
internal sealed class AddressLimits(IPAddress address, int maxHandshakes)
{
    internal IPAddress Address { get; } = address;

    internal ConcurrencyLimiter Handshakes { get; } = new(new()
    {
        PermitLimit = maxHandshakes,
        QueueLimit = TransportBounds.MaxWaitingHandshakes,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    });

    // Half of the processors, but at least one. The other half remains for other addresses, whatever the certificates of this one cost.
    internal ConcurrencyLimiter Turns { get; } = new(new()
    {
        PermitLimit = Math.Max(1, Environment.ProcessorCount / 2),
        QueueLimit = maxHandshakes,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    });

    /// <summary>Gets or sets the number of handshakes that have a permit or wait for one; guarded by the lock of
    /// <see cref="AddressTable"/>.</summary>
    internal int HandshakeCount { get; set; }
}
