using System.Net;
using System.Threading.RateLimiting;

namespace CertAuth.Transport;

/// <summary>Limits, for each peer address, how many TLS handshakes are under way and how many of them use a processor.</summary>
/// <remarks>
/// <para>.NET verifies the certificates that a peer sends, with the keys that the peer chose, before CertAuth sees them. One handshake can
/// cost nearly a second of processor time, so one address must not occupy all processors. Nothing is limited across addresses: a global
/// limit would let a few connections that stop in the middle of a handshake block everyone.</para>
/// <para>An IPv4-mapped IPv6 address counts as its IPv4 address, and the addresses of one IPv6 /64 count as one. A peer without an IP
/// address, such as one on a Unix domain socket, is not limited.</para>
/// <para><see cref="ServerTls.AcceptAsync"/> uses it. A server that performs handshakes in another way, such as Kestrel,
/// acquires a permit before each handshake and wraps the transport. Safe for concurrent use. Memory is held only for addresses with a
/// handshake under way; there is nothing to dispose.</para>
/// </remarks>
public sealed class HandshakeLimiter
{
    /// <summary>The longest time that a handshake waits for a permit.</summary>
    internal static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(2);

    /// <summary>The maximum number of handshakes of one address that wait for a permit; further ones are rejected at once.</summary>
    internal const int MaxWaiting = 1024;

    private readonly Lock _lock = new();
    private readonly Dictionary<IPAddress, AddressLimits> _addresses = [];
    private readonly TimeProvider _clock;

    internal HandshakeLimiter(int maxPerAddress, TimeProvider clock) => (MaxPerAddress, _clock) = (maxPerAddress, clock);

    /// <summary>The maximum number of handshakes that one address has under way.</summary>
    public int MaxPerAddress { get; }

    /// <summary>The number of addresses for which memory is held.</summary>
    internal int AddressCount
    {
        get
        {
            lock (_lock)
                return _addresses.Count;
        }
    }

    /// <summary>Waits for a permit for one handshake, at most 2 seconds.</summary>
    /// <param name="peer">The peer's address; the port does not count. Null for a transport without addresses.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The permit, which the caller disposes when the handshake has ended; null if the address has too many handshakes under
    /// way.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was canceled.</exception>
    public async ValueTask<HandshakePermit?> AcquireAsync(EndPoint? peer, CancellationToken cancellationToken = default)
    {
        if (PeerAddress.Of(peer) is not { } address)
            return new HandshakePermit();

        AddressLimits limits = Enter(address);
        bool isHeld = false;
        try
        {
            RateLimitLease? lease = await WaitAsync(limits.Handshakes, cancellationToken).ConfigureAwait(false);
            isHeld = lease is not null;
            return lease is null ? null : new HandshakePermit(this, limits, lease);
        }
        finally
        {
            if (!isHeld)
                Leave(limits);
        }
    }

    /// <summary>Forgets a handshake, and its address with the last one.</summary>
    internal void Leave(AddressLimits limits)
    {
        lock (_lock)
        {
            if (--limits.Handshaking == 0)
                _addresses.Remove(limits.Address);
        }
    }

    private AddressLimits Enter(IPAddress address)
    {
        lock (_lock)
        {
            if (!_addresses.TryGetValue(address, out AddressLimits? limits))
                _addresses.Add(address, limits = new(address, MaxPerAddress));
            limits.Handshaking++;
            return limits;
        }
    }

    private async ValueTask<RateLimitLease?> WaitAsync(ConcurrencyLimiter limiter, CancellationToken cancellationToken)
    {
        RateLimitLease lease = limiter.AttemptAcquire();
        if (lease.IsAcquired)
            return lease;

        using CancellationTokenSource wait = new(MaxWait, _clock);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(wait.Token, cancellationToken);
        try
        {
            lease = await limiter.AcquireAsync(1, either.Token).ConfigureAwait(false);
            return lease.IsAcquired ? lease : null;
        }
        catch (OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return null;
        }
    }
}
