namespace CertAuth.Transport;

/// <summary>The default and the range of <see cref="UpstreamTlsOptions.HandshakeTimeout"/> and of the same option of servers.</summary>
internal static class TlsHandshakeTimeout
{
    internal static readonly TimeSpan Default = TimeSpan.FromSeconds(10);

    internal static string? FindProblem(TimeSpan timeout) =>
        timeout < TransportBounds.MinHandshakeTimeout || timeout > TransportBounds.MaxHandshakeTimeout
            ? $"HandshakeTimeout must be from {TransportBounds.MinHandshakeTimeout} to {TransportBounds.MaxHandshakeTimeout}, "
                + $"but is {timeout}."
            : null;
}
