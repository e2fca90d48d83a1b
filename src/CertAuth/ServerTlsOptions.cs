using System.Collections.Immutable;
using System.Net.Security;
using CertAuth.Tls;
using CertAuth.Transport;
using CertAuth.Trust;

namespace CertAuth;

/// <summary>Whether clients are asked for a certificate.</summary>
public enum ClientCertificatePolicy
{
    /// <summary>They aren't asked.</summary>
    None = 0,

    /// <summary>They are asked and may send none, so that REQUIRE X509 can be an account's choice.</summary>
    Requested = 1,

    /// <summary>They are asked, and one that sends none fails the handshake.</summary>
    Required = 2,
}

/// <summary>What becomes of a client whose certificate does not verify.</summary>
public enum UnverifiedCertificatePolicy
{
    /// <summary>The handshake fails, as with MySQL, MariaDB and TiDB; the client sees a closed connection.</summary>
    FailHandshake = 0,

    /// <summary>The connection goes on without a verified certificate, so that the host can answer with an error and log why. The stream's own
    /// <c>IsMutuallyAuthenticated</c> is true then, and means nothing: ask <see cref="ServerTls.GetConnectionInfo"/>.</summary>
    Continue = 1,
}

/// <summary>Whether clients are told the names of the trusted CAs.</summary>
public enum CaNamesPolicy
{
    /// <summary>They aren't.</summary>
    None = 0,

    /// <summary>They are: everybody who connects learns them.</summary>
    Send = 1,
}

/// <summary>The oldest version of TLS that is spoken; nothing older than 1.2 can be chosen.</summary>
public enum MinimumTlsVersion
{
    /// <summary>TLS 1.2 and 1.3.</summary>
    Tls12 = 0,

    /// <summary>TLS 1.3 alone.</summary>
    Tls13 = 1,
}

/// <summary>How a server speaks TLS with its clients. Immutable; checked when <see cref="ServerTls"/> is built.</summary>
public sealed record ServerTlsOptions
{
    private const int MaxMaxHandshakes = 1000;

    /// <summary>The server's certificate; read anew for each connection. Required.</summary>
    public required ISource<ServerCertificate> ServerCertificate { get; init; }

    /// <summary>The CAs of the clients; read anew at each verification. Required unless clients aren't asked for a certificate.</summary>
    public ISource<TrustBundle>? ClientTrust { get; init; }

    /// <summary>Whether clients are asked for a certificate. Default: <see cref="ClientCertificatePolicy.Requested"/>.</summary>
    public ClientCertificatePolicy ClientCertificate { get; init; } = ClientCertificatePolicy.Requested;

    /// <summary>What becomes of a client whose certificate does not verify. Default: the handshake fails.</summary>
    public UnverifiedCertificatePolicy UnverifiedCertificate { get; init; }

    /// <summary>The oldest version of TLS. Default: 1.2.</summary>
    public MinimumTlsVersion MinimumVersion { get; init; }

    /// <summary>The cipher suites that are allowed, in order of preference (Linux and macOS); empty for the platform's own. They are what
    /// <c>Ssl_cipher_list</c> shows. A TLS version without a suite among them is not spoken. Default: empty.</summary>
    public ImmutableArray<TlsCipherSuite> CipherSuites { get; init; } = [];

    /// <summary>Whether clients are told the names of the trusted CAs, by which some choose their certificate (Linux and macOS). Over
    /// 32 KiB of names none are sent, which asks for any certificate. Default: no.</summary>
    public CaNamesPolicy CaNames { get; init; }

    /// <summary>The maximum number of handshakes that one peer address has under way, from 1 to 1,000; see <see cref="HandshakeLimiter"/>.
    /// Default: 16.</summary>
    public int MaxHandshakesPerAddress { get; init; } = 16;

    /// <summary>The longest time that <see cref="ServerTls.AcceptAsync"/> gives a handshake, from 1 to 60 seconds.
    /// Default: 10 seconds.</summary>
    public TimeSpan HandshakeTimeout { get; init; } = TlsHandshakeTimeout.Default;

    /// <summary>The clock of timeouts. Default: the system's.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    internal void ThrowIfInvalid()
    {
        List<string> problems = [];
        if (ServerCertificate is null)
            problems.Add($"{nameof(ServerCertificate)} must not be null.");
        if (ClientCertificate != ClientCertificatePolicy.None && ClientTrust is null)
            problems.Add($"{nameof(ClientTrust)} must not be null where clients are asked for a certificate.");
        if (ClientTrust is { Current.Purpose: not CertificatePurpose.ClientAuthentication })
            problems.Add($"{nameof(ClientTrust)} must be for {nameof(CertificatePurpose.ClientAuthentication)}.");
        if (!Enum.IsDefined(ClientCertificate))
            problems.Add($"{nameof(ClientCertificate)} is no defined value: {(int)ClientCertificate}.");
        if (!Enum.IsDefined(UnverifiedCertificate))
            problems.Add($"{nameof(UnverifiedCertificate)} is no defined value: {(int)UnverifiedCertificate}.");
        if (!Enum.IsDefined(MinimumVersion))
            problems.Add($"{nameof(MinimumVersion)} is no defined value: {(int)MinimumVersion}.");
        if (!CipherSuites.IsDefaultOrEmpty && OperatingSystem.IsWindows())
            problems.Add($"{nameof(CipherSuites)} can't be chosen on Windows.");
        else if (new TlsHandshakeOptions(MinimumVersion, CipherSuites, isServer: true).FindProblem() is { } problem)
            problems.Add(problem);
        if (!Enum.IsDefined(CaNames))
            problems.Add($"{nameof(CaNames)} is no defined value: {(int)CaNames}.");
        if (CaNames == CaNamesPolicy.Send && (OperatingSystem.IsWindows() || ClientCertificate == ClientCertificatePolicy.None))
            problems.Add($"{nameof(CaNames)} can't be sent on Windows, nor where clients aren't asked for a certificate.");
        if (MaxHandshakesPerAddress is < 1 or > MaxMaxHandshakes)
            problems.Add($"{nameof(MaxHandshakesPerAddress)} must be from 1 to {MaxMaxHandshakes}, but is {MaxHandshakesPerAddress}.");
        if (TlsHandshakeTimeout.FindProblem(HandshakeTimeout) is { } badTimeout)
            problems.Add(badTimeout);
        if (TimeProvider is null)
            problems.Add($"{nameof(TimeProvider)} must not be null.");
        if (problems.Count > 0)
            throw new ArgumentException($"{nameof(ServerTlsOptions)}: {string.Join(' ', problems)}");
    }
}
