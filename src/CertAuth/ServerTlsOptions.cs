using System.Collections.Immutable;
using System.Net.Security;
using CertAuth.Tls;
using CertAuth.Transport;
using CertAuth.Trust;

namespace CertAuth;

/// <summary>The options of <see cref="ServerTls"/>.</summary>
/// <remarks>Immutable; safe for concurrent use. The options are validated when a <see cref="ServerTls"/> is created.</remarks>
public sealed record ServerTlsOptions
{
    /// <summary>Gets the source of the server's certificate, which is read for each connection. Required, except with
    /// <see cref="ServerTls.OpenAsync"/> and <see cref="ServerTls.FromFiles"/>, which set it.</summary>
    public ISource<ServerCertificate>? ServerCertificate { get; init; }

    /// <summary>Gets the source of the CAs of clients, which is read at each verification. Required if clients are asked for a certificate,
    /// except with <see cref="ServerTls.OpenAsync"/> and <see cref="ServerTls.FromFiles"/>, which set it.</summary>
    public ISource<TrustBundle>? ClientTrust { get; init; }

    /// <summary>Gets a value that specifies whether clients are asked for a certificate. Default:
    /// <see cref="ClientCertificatePolicy.Requested"/>.</summary>
    public ClientCertificatePolicy ClientCertificate { get; init; } = ClientCertificatePolicy.Requested;

    /// <summary>Gets a value that specifies what happens if the certificate of a client does not verify. Default:
    /// <see cref="UnverifiedCertificatePolicy.FailHandshake"/>.</summary>
    public UnverifiedCertificatePolicy UnverifiedCertificate { get; init; }

    /// <summary>Gets the oldest TLS version that is allowed. Default: TLS 1.2.</summary>
    public MinimumTlsVersion MinimumVersion { get; init; }

    /// <summary>Gets the cipher suites that are allowed, in order of preference (Linux and macOS). If the list is empty, the platform
    /// chooses the suites; otherwise, only TLS versions that have a suite in the list are enabled. <c>Ssl_cipher_list</c> shows the list.
    /// Default: empty.</summary>
    public ImmutableArray<TlsCipherSuite> CipherSuites { get; init; } = [];

    /// <summary>Gets a value that specifies whether the server sends the names of the trusted CAs to clients (Linux and macOS). Some
    /// clients choose their certificate by these names. If the names exceed 32 KiB, none are sent; clients can then send any certificate.
    /// Default: <see cref="CaNamesPolicy.None"/>.</summary>
    public CaNamesPolicy CaNames { get; init; }

    /// <summary>Gets the maximum number of concurrent handshakes of one peer address, from 1 to 1,000; see <see cref="HandshakeLimiter"/>.
    /// Default: 16.</summary>
    public int MaxHandshakesPerAddress { get; init; } = 16;

    /// <summary>Gets the maximum duration of a handshake with <see cref="ServerTls.AcceptAsync"/>, from 1 to 60 seconds. Default: 10
    /// seconds.</summary>
    public TimeSpan HandshakeTimeout { get; init; } = TlsHandshakeTimeout.Default;

    /// <summary>Gets the clock of timeouts. <see cref="ServerTls.FromFiles"/> and <see cref="ServerTls.OpenAsync"/> also verify
    /// certificates with it. Default: <see cref="TimeProvider.System"/>.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <exception cref="ArgumentException">An option is missing or out of range. The message names every such option.</exception>
    internal void ThrowIfInvalid() => ThrowIfAny([.. FindSourceProblems(), .. FindProblems()]);

    /// <summary>Validates options whose sources are not opened yet.</summary>
    /// <exception cref="ArgumentException">A source is set, or an option is out of range. The message names every such option.</exception>
    internal void ThrowIfInvalidForFiles()
    {
        bool hasSource = ServerCertificate is not null || ClientTrust is not null;
        string problem = $"{nameof(ServerCertificate)} and {nameof(ClientTrust)} must be null: the files provide them.";
        ThrowIfAny([.. hasSource ? (string[])[problem] : [], .. FindProblems()]);
    }

    private IEnumerable<string> FindSourceProblems()
    {
        if (ServerCertificate is null)
            yield return $"{nameof(ServerCertificate)} must not be null.";
        if (ClientCertificate != ClientCertificatePolicy.None && ClientTrust is null)
            yield return $"{nameof(ClientTrust)} must not be null if clients are asked for a certificate.";
        if (ClientTrust is { Current.Purpose: not CertificatePurpose.ClientAuthentication })
            yield return $"{nameof(ClientTrust)} must be a bundle for the certificates of clients.";
    }

    private IEnumerable<string> FindProblems()
    {
        if (!Enum.IsDefined(ClientCertificate))
            yield return $"{nameof(ClientCertificate)} must be a defined value, but is {(int)ClientCertificate}.";
        if (!Enum.IsDefined(UnverifiedCertificate))
            yield return $"{nameof(UnverifiedCertificate)} must be a defined value, but is {(int)UnverifiedCertificate}.";
        if (!Enum.IsDefined(MinimumVersion))
            yield return $"{nameof(MinimumVersion)} must be a defined value, but is {(int)MinimumVersion}.";
        if (TlsHandshakeOptions.FindProblem(MinimumVersion, CipherSuites, isServer: true) is { } badSuites)
            yield return badSuites;
        if (!Enum.IsDefined(CaNames))
            yield return $"{nameof(CaNames)} must be a defined value, but is {(int)CaNames}.";
        if (CaNames == CaNamesPolicy.Send && OperatingSystem.IsWindows())
            yield return $"{nameof(CaNames)} cannot be sent on Windows; choose to send none.";
        if (CaNames == CaNamesPolicy.Send && ClientCertificate == ClientCertificatePolicy.None)
            yield return $"{nameof(CaNames)} cannot be sent if clients are not asked for a certificate.";
        if (MaxHandshakesPerAddress is < 1 or > LoginBounds.MaxHandshakesPerAddress)
        {
            yield return $"{nameof(MaxHandshakesPerAddress)} must be from 1 to {LoginBounds.MaxHandshakesPerAddress}, "
                + $"but is {MaxHandshakesPerAddress}.";
        }

        if (TlsHandshakeTimeout.FindProblem(HandshakeTimeout) is { } badTimeout)
            yield return badTimeout;
        if (TimeProvider is null)
            yield return $"{nameof(TimeProvider)} must not be null.";
    }

    private static void ThrowIfAny(string[] problems)
    {
        if (problems.Length > 0)
            throw new ArgumentException($"{nameof(ServerTlsOptions)}: {string.Join(' ', problems)}");
    }
}
