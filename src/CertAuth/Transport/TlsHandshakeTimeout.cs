namespace CertAuth.Transport;

/// <summary>The default and the range of <see cref="UpstreamTlsOptions.HandshakeTimeout"/> and of the same option of servers.</summary>
internal static class TlsHandshakeTimeout
{
    internal static readonly TimeSpan Default = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_min = TimeSpan.FromSeconds(1), s_max = TimeSpan.FromSeconds(60);

    internal static string? FindProblem(TimeSpan timeout) => timeout < s_min || timeout > s_max
        ? $"HandshakeTimeout must be from {s_min} to {s_max}, but is {timeout}."
        : null;
}
