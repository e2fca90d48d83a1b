using System.Net;
using System.Threading.RateLimiting;

namespace CertAuth.Transport;

/// <summary>The limits of one address that has a handshake under way.</summary>
/// <remarks>A <see cref="ConcurrencyLimiter"/> has no timer and no native resource: one that is no longer referenced needs no
/// disposal.</remarks>
internal sealed class AddressLimits(IPAddress address, int maxHandshakes)
{
    internal IPAddress Address { get; } = address;

    internal ConcurrencyLimiter Handshakes { get; } = new(new()
    {
        PermitLimit = maxHandshakes,
        QueueLimit = HandshakeLimiter.MaxWaiting,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    });

    // Half of the processors: the other half is left to other addresses, however much the certificates of this one cost.
    internal ConcurrencyLimiter Turns { get; } = new(new()
    {
        PermitLimit = Math.Max(1, Environment.ProcessorCount / 2),
        QueueLimit = maxHandshakes,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    });

    /// <summary>The number of handshakes that have a permit or wait for one; guarded by the limiter's lock.</summary>
    internal int Handshaking { get; set; }
}
