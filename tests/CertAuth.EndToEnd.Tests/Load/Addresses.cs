using System.Net;

namespace CertAuth.EndToEnd.Tests.Load;

/// <summary>Local addresses for clients, so many that no client waits because of the limit of handshakes for each address.</summary>
internal static class Addresses
{
    private const byte Count = 40;

    // Only Linux and Windows have all of 127.0.0.0/8.
    internal static IPAddress Of(int client) =>
        OperatingSystem.IsMacOS() ? IPAddress.Loopback : new([127, 0, 1, (byte)(1 + (client % Count))]);
}
