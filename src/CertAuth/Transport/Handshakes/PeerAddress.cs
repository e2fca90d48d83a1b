using System.Net;
using System.Net.Sockets;

namespace CertAuth.Transport;

/// <summary>Determines the address for which the handshakes of a peer are counted.</summary>
internal static class PeerAddress
{
    // RFC 4291, 2.5.4: the last 64 bits are the interface identifier, which each host can choose freely.
    private const int NetworkBytes = 8;

    /// <summary>Returns an IPv4 address unchanged, an IPv4-mapped one as IPv4, and the /64 network of an IPv6 address; null if the peer has
    /// no IP address.</summary>
    internal static IPAddress? GetOrNull(EndPoint? peer) => (peer as IPEndPoint)?.Address switch
    {
        null => null,
        { IsIPv4MappedToIPv6: true } mapped => mapped.MapToIPv4(),
        { AddressFamily: AddressFamily.InterNetworkV6 } address => GetNetwork(address),
        { } address => address,
    };

    private static IPAddress GetNetwork(IPAddress address)
    {
        byte[] bytes = address.GetAddressBytes();
        bytes.AsSpan(NetworkBytes).Clear();
        return new(bytes);
    }
}
