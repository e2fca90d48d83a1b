namespace CertAuth.Transport;

/// <summary>The bounds of handshakes. docs/bounds.md states what happens beyond each.</summary>
internal static class TransportBounds
{
    /// <summary>The minimum of the option HandshakeTimeout.</summary>
    // Distant clients need that long.
    internal static readonly TimeSpan MinHandshakeTimeout = TimeSpan.FromSeconds(1);

    /// <summary>The maximum of the option HandshakeTimeout.</summary>
    // A handshake that never ends occupies a connection for that long.
    internal static readonly TimeSpan MaxHandshakeTimeout = TimeSpan.FromMinutes(1);

    /// <summary>The maximum time that a handshake waits for a permit.</summary>
    // Clients stop waiting.
    internal static readonly TimeSpan MaxPermitWait = TimeSpan.FromSeconds(2);

    /// <summary>The maximum number of handshakes of one address that wait for a permit; further ones are rejected immediately.</summary>
    // Memory: each has a connection.
    internal const int MaxWaitingHandshakes = 1024;

    /// <summary>The maximum total size, in bytes, of the CA names that a server sends.</summary>
    // TLS allows 65,535 bytes, but every handshake carries them.
    internal const int MaxCaNamesBytes = 32 * 1024;
}
