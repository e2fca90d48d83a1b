using System.Collections.Immutable;
using System.Net.Security;
using CertAuth.Tls;
using CertAuth.Trust;

namespace CertAuth.Transport;

/// <summary>The options of <see cref="UpstreamTls"/>.</summary>
/// <remarks>Immutable; safe for concurrent use. The options are validated when an <see cref="UpstreamTls"/> is created.</remarks>
public sealed record UpstreamTlsOptions
{
    /// <summary>Gets the source of the CAs of servers, which is read at each verification. The purpose of the bundle must be
    /// <see cref="CertificatePurpose.ServerAuthentication"/>. Required.</summary>
    public required ISource<TrustBundle> ServerTrust { get; init; }

    /// <summary>Gets the source of the certificate that the proxy sends to a server that requests one, which is read for each connection.
    /// It may be the certificate that the proxy sends to its own clients. Null to send none. Default: null.</summary>
    public ISource<ServerCertificate>? Certificate { get; init; }

    /// <summary>Gets the oldest TLS version that is allowed. Default: TLS 1.2.</summary>
    public MinimumTlsVersion MinimumVersion { get; init; }

    /// <summary>Gets the cipher suites that are offered, in order of preference (Linux and macOS). If the list is empty, the platform
    /// chooses the suites; otherwise, only TLS versions that have a suite in the list are offered. Default: empty.</summary>
    public ImmutableArray<TlsCipherSuite> CipherSuites { get; init; } = [];

    /// <summary>Gets the maximum duration of a handshake with <see cref="UpstreamTls.ConnectAsync"/>, from 1 to 60 seconds. Default: 10
    /// seconds.</summary>
    public TimeSpan HandshakeTimeout { get; init; } = TlsHandshakeTimeout.Default;

    /// <summary>Gets the clock of timeouts. Default: <see cref="TimeProvider.System"/>.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <exception cref="ArgumentException">An option is missing or out of range. The message names every such option.</exception>
    internal void ThrowIfInvalid()
    {
        string[] problems = [.. FindProblems()];
        if (problems.Length > 0)
            throw new ArgumentException($"{nameof(UpstreamTlsOptions)}: {string.Join(' ', problems)}");
    }

    private IEnumerable<string> FindProblems()
    {
        if (ServerTrust is null)
            yield return $"{nameof(ServerTrust)} must not be null.";
        if (ServerTrust is { Current.Purpose: not CertificatePurpose.ServerAuthentication })
            yield return $"{nameof(ServerTrust)} must be a bundle for the certificates of servers.";
        if (!Enum.IsDefined(MinimumVersion))
            yield return $"{nameof(MinimumVersion)} must be a defined value, but is {(int)MinimumVersion}.";
        if (TlsHandshakeOptions.FindProblem(MinimumVersion, CipherSuites, isServer: false) is { } badSuites)
            yield return badSuites;
        if (TlsHandshakeTimeout.FindProblem(HandshakeTimeout) is { } badTimeout)
            yield return badTimeout;
        if (TimeProvider is null)
            yield return $"{nameof(TimeProvider)} must not be null.";
    }
}
