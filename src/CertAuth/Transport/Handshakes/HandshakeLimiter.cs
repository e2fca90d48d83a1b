using System.Net;
using System.Threading.RateLimiting;

namespace CertAuth.Transport;

/// <summary>Limits, for each peer address, the number of TLS handshakes in progress and how many of them use a processor at the same
/// time.</summary>
/// <remarks>
/// <para>.NET verifies the certificates that a peer sends, with keys that the peer chose, before CertAuth receives them. One handshake can
/// cost nearly a second of processor time, so one address must not occupy all processors. There is no limit across addresses: with a global
/// limit, a few connections that stop in the middle of a handshake would block all clients.</para>
/// <para>An IPv4-mapped IPv6 address counts as its IPv4 address, and the addresses of one IPv6 /64 count as one address. A peer without an
/// IP address, such as one on a Unix domain socket, is not limited.</para>
/// <para><c>ServerTls.AcceptAsync</c> uses the limiter. A server that performs handshakes itself, such as Kestrel, has to acquire a permit
/// before each handshake and wrap the transport. Safe for concurrent use. Memory is held only for addresses with a handshake in progress;
/// there is nothing to dispose.</para>
/// </remarks>
public sealed class HandshakeLimiter
{
    private readonly AddressTable _addresses;
    private readonly TimeProvider _timeProvider;

    internal HandshakeLimiter(int maxPerAddress, TimeProvider timeProvider)
    {
        MaxPerAddress = maxPerAddress;
        _addresses = new(maxPerAddress);
        _timeProvider = timeProvider;
    }

    /// <summary>Gets the maximum number of handshakes in progress of one address.</summary>
    public int MaxPerAddress { get; }

    /// <summary>Gets the number of addresses for which memory is held.</summary>
    internal int AddressCount => _addresses.Count;

    /// <summary>Acquires a permit for one handshake. Waits at most 2 seconds for one; does not wait if 1,024 handshakes of the address are
    /// waiting.</summary>
    /// <param name="peer">The peer's address; the port is ignored. Null for a transport without addresses.</param>
    /// <param name="cancellationToken">The token that cancels the wait.</param>
    /// <returns>The permit, which the caller disposes when the handshake has ended; null if the address still has the maximum number of
    /// handshakes in progress.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was canceled.</exception>
    public async ValueTask<HandshakePermit?> AcquireAsync(EndPoint? peer, CancellationToken cancellationToken = default)
    {
        if (PeerAddress.GetOrNull(peer) is not { } address)
            return new HandshakePermit();

        AddressLimits limits = _addresses.AddHandshake(address);
        bool isAcquired = false;
        try
        {
            RateLimitLease? lease = await AcquireLeaseAsync(limits.Handshakes, cancellationToken).ConfigureAwait(false);
            isAcquired = lease is not null;
            return lease is null ? null : new HandshakePermit(_addresses, limits, lease);
        }
        finally
        {
            if (!isAcquired)
                _addresses.RemoveHandshake(limits);
        }
    }

    private async ValueTask<RateLimitLease?> AcquireLeaseAsync(ConcurrencyLimiter limiter, CancellationToken cancellationToken)
    {
        RateLimitLease lease = limiter.AttemptAcquire();
        if (lease.IsAcquired)
            return lease;

        using CancellationTokenSource timeout = new(TransportBounds.MaxPermitWait, _timeProvider);
        using CancellationTokenSource linked = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            lease = await limiter.AcquireAsync(1, linked.Token).ConfigureAwait(false);
            return lease.IsAcquired ? lease : null;
        }
        catch (OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return null;
        }
    }
}
