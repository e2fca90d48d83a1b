using System.Collections.Immutable;
using System.Net.Security;
using CertAuth.Tls;
using CertAuth.Trust;

namespace CertAuth.Transport;

/// <summary>How a proxy speaks TLS with its server. Immutable; checked when <see cref="UpstreamTls"/> is built.</summary>
public sealed record UpstreamTlsOptions
{
    /// <summary>The CAs of servers, loaded for <see cref="CertificatePurpose.ServerAuthentication"/>; read anew at each verification. Required.</summary>
    public required ISource<TrustBundle> ServerTrust { get; init; }

    /// <summary>The proxy's own certificate, which it shows to a server that asks; read anew for each connection. It may be the one that it shows to its clients.
    /// Null for none. Default: null.</summary>
    public ISource<ServerCertificate>? Certificate { get; init; }

    /// <summary>The oldest version of TLS. Default: 1.2.</summary>
    public MinimumTlsVersion MinimumVersion { get; init; }

    /// <summary>The cipher suites that are offered, in order of preference (Linux and macOS); empty for the platform's own. A TLS
    /// version without a suite among them is not offered. Default: empty.</summary>
    public ImmutableArray<TlsCipherSuite> CipherSuites { get; init; } = [];

    /// <summary>The longest time that <see cref="UpstreamTls.ConnectAsync"/> gives a handshake, from 1 to 60 seconds. Default: 10
    /// seconds.</summary>
    public TimeSpan HandshakeTimeout { get; init; } = TlsHandshakeTimeout.Default;

    /// <summary>The clock of timeouts. Default: the system's.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    internal void ThrowIfInvalid()
    {
        List<string> problems = [];
        if (ServerTrust is null)
            problems.Add($"{nameof(ServerTrust)} must not be null.");
        if (ServerTrust is { Current.Purpose: not CertificatePurpose.ServerAuthentication })
            problems.Add($"{nameof(ServerTrust)} must be for {nameof(CertificatePurpose.ServerAuthentication)}.");
        if (!Enum.IsDefined(MinimumVersion))
            problems.Add($"{nameof(MinimumVersion)} is no defined value: {(int)MinimumVersion}.");
        if (!CipherSuites.IsDefaultOrEmpty && OperatingSystem.IsWindows())
            problems.Add($"{nameof(CipherSuites)} can't be chosen on Windows.");
        else if (new TlsHandshakeOptions(MinimumVersion, CipherSuites, isServer: false).FindProblem() is { } problem)
            problems.Add(problem);
        if (TlsHandshakeTimeout.FindProblem(HandshakeTimeout) is { } badTimeout)
            problems.Add(badTimeout);
        if (TimeProvider is null)
            problems.Add($"{nameof(TimeProvider)} must not be null.");
        if (problems.Count > 0)
            throw new ArgumentException($"{nameof(UpstreamTlsOptions)}: {string.Join(' ', problems)}");
    }
}
