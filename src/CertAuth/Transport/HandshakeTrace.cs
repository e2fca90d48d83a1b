using System.Security.Authentication;

namespace CertAuth.Transport;

/// <summary>The observations of one handshake that explain its failure.</summary>
internal sealed class HandshakeTrace
{
    /// <summary>The number of bytes that the peer sent.</summary>
    internal long ReceivedBytes { get; private set; }

    /// <summary>Whether the peer closed the connection.</summary>
    internal bool IsClosed { get; private set; }

    /// <summary>The versions that the ClientHello offers, and the version of its record layer; null if there was no ClientHello.</summary>
    internal SslProtocols? OfferedVersions { get; set; }

    internal void RecordRead(int bytes)
    {
        ReceivedBytes += bytes;
        if (bytes == 0)
            IsClosed = true;
    }

    /// <summary>Records that a read or write of the transport failed, for example because the connection was reset.</summary>
    internal void RecordFailure() => IsClosed = true;
}
