using System.Security.Authentication;

namespace CertAuth.Transport;

/// <summary>What was seen of a peer during one handshake, to explain a failure.</summary>
internal sealed class HandshakeTrace
{
    internal long ReceivedBytes { get; private set; }

    /// <summary>Whether the peer closed the connection.</summary>
    internal bool IsClosed { get; private set; }

    /// <summary>The versions that the ClientHello offers, and that of its record layer; null if there was no ClientHello.</summary>
    internal SslProtocols? Offered { get; set; }

    internal void Received(int bytes)
    {
        ReceivedBytes += bytes;
        if (bytes == 0)
            IsClosed = true;
    }

    /// <summary>A read or write of the transport failed: the connection was reset, say.</summary>
    internal void Broke() => IsClosed = true;
}
