using System.Security.Authentication;

namespace CertAuth.Transport;

/// <summary>The facts of one handshake that explain its failure.</summary>
internal sealed class HandshakeTrace
{
    /// <summary>Gets the number of bytes that were read from the peer.</summary>
    internal long ReceivedBytes { get; private set; }

    /// <summary>Gets a value that indicates whether the peer closed the connection, or a read or write failed.</summary>
    internal bool IsClosed { get; private set; }

    /// <summary>Gets or sets the versions that the ClientHello offers, together with the version of its record layer; null if there was no
    /// ClientHello.</summary>
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
