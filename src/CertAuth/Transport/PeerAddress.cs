using System.Net;
using System.Net.Sockets;

namespace CertAuth.Transport;

/// <summary>The address under which a peer's handshakes are counted.</summary>
internal static class PeerAddress
{
    // RFC 4291, 2.5.4: the last 64 bits are the interface identifier, which a host chooses as it likes.
    private const int NetworkBytes = 8;

    /// <summary>IPv4 as it is, IPv4-mapped as IPv4, IPv6 by its /64; null where there is no IP address.</summary>
    internal static IPAddress? Of(EndPoint? peer) => (peer as IPEndPoint)?.Address switch
    {
        null => null,
        { IsIPv4MappedToIPv6: true } mapped => mapped.MapToIPv4(),
        { AddressFamily: AddressFamily.InterNetworkV6 } address => Network(address),
        { } address => address,
    };

    private static IPAddress Network(IPAddress address)
    {
        byte[] bytes = address.GetAddressBytes();
        bytes.AsSpan(NetworkBytes).Clear();
        return new(bytes);
    }
}
