using System.Net.Security;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Security.Cryptography.X509Certificates;
using CertAuth.Certificates;
using CertAuth.Tls;
using CertAuth.Trust;

namespace CertAuth.Transport;

/// <summary>The TLS side of a proxy that connects to its server: performs handshakes, and verifies that the certificate of the server
/// chains to a trusted CA and contains the name of the server.</summary>
/// <remarks>Paths are searched as for the certificates of clients, so that a CA can be replaced with another one of the same name. .NET
/// builds a chain of its own in addition, which <c>ServerTls</c> describes. Sessions are not resumed, and the server cannot renegotiate.
/// Safe for concurrent use; nothing to dispose. Tested on Linux with OpenSSL 3.</remarks>
public sealed class UpstreamTls
{
    private readonly UpstreamTlsOptions _options;
    private readonly TlsHandshakeOptions _handshakeOptions;
    private readonly HandshakeExplainer _explainer;
    private readonly ConditionalWeakTable<SslStream, Failure> _failures = [];

    /// <summary>Initializes a new instance.</summary>
    /// <param name="options">The options.</param>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is null.</exception>
    /// <exception cref="ArgumentException">An option is missing or out of range. The message names every such option.</exception>
    public UpstreamTls(UpstreamTlsOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.ThrowIfInvalid();
        _options = options;
        _handshakeOptions = new(options.MinimumVersion, options.CipherSuites, isServer: false);
        _explainer = new("server", options.HandshakeTimeout);
    }

    /// <summary>Creates the options for one handshake.</summary>
    /// <remarks>Each call returns a new object, with the current certificate. The application may set
    /// <see cref="SslClientAuthenticationOptions.ApplicationProtocols"/>; it is responsible for the effects of any other change.</remarks>
    /// <param name="server">The name that the certificate of the server must contain. A DNS name is sent as SNI (RFC 6066, 3).</param>
    /// <exception cref="ArgumentNullException"><paramref name="server"/> is null.</exception>
    public SslClientAuthenticationOptions CreateClientOptions(ServerName server)
    {
        ArgumentNullException.ThrowIfNull(server);
        return new()
        {
            TargetHost = server.Text,
            ClientCertificateContext = _options.Certificate?.Current.Context,
            EnabledSslProtocols = _handshakeOptions.Versions,
            CipherSuitesPolicy = _handshakeOptions.Suites,
            RemoteCertificateValidationCallback = (sender, leaf, chain, _) => Validate((SslStream)sender, leaf, chain, server),
            CertificateChainPolicy = InertChainPolicy.Create(),
            CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
            EncryptionPolicy = EncryptionPolicy.RequireEncryption,
            AllowRenegotiation = false,

            // A resumed session must not outlive a CA that was removed.
            AllowTlsResume = false,
        };
    }

    /// <summary>Returns the reason why the certificate of the server was rejected; null if it was not rejected.</summary>
    /// <param name="stream">A stream whose handshake used options from <see cref="CreateClientOptions"/> of this instance.</param>
    /// <exception cref="ArgumentNullException"><paramref name="stream"/> is null.</exception>
    public Rejection? GetRejection(SslStream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return _failures.TryGetValue(stream, out Failure? failure) ? failure.Rejection : null;
    }

    /// <summary>Performs the handshake with the server, with a deadline.</summary>
    /// <remarks>The handshake ends within <see cref="UpstreamTlsOptions.HandshakeTimeout"/>. Nothing that the server sends causes an
    /// exception.</remarks>
    /// <param name="transport">The connection, such as a <see cref="System.Net.Sockets.NetworkStream"/>. Its reads and writes must be
    /// cancelable. This method takes ownership: if the handshake succeeds, disposing the stream of the result closes the connection;
    /// otherwise it is closed before the method returns.</param>
    /// <param name="server">The name that the certificate of the server must contain. A DNS name is sent as SNI (RFC 6066, 3).</param>
    /// <param name="cancellationToken">The token that cancels the handshake.</param>
    /// <returns>The authenticated stream, or the reason why the handshake failed.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="transport"/> or <paramref name="server"/> is null.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was canceled.</exception>
    /// <exception cref="InvalidOperationException">The current trust bundle is not for the certificates of servers.</exception>
    public async Task<TlsConnectResult> ConnectAsync(Stream transport, ServerName server, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(transport);
        ArgumentNullException.ThrowIfNull(server);
        SslStream? connected = null;
        try
        {
            SslClientAuthenticationOptions options = CreateClientOptions(server);
            HandshakeTrace trace = new();
            SslStream stream = new(new HandshakeStream(transport, new(null), trace));
            (Exception? exception, bool isTimeout) = await HandshakeAttempt.RunAsync(
                token => stream.AuthenticateAsClientAsync(options, token),
                _options.HandshakeTimeout,
                _options.TimeProvider,
                cancellationToken).ConfigureAwait(false);
            if (exception is null)
                return new(connected = stream);

            Failure? failure = _failures.TryGetValue(stream, out Failure? known) ? known : null;
            await stream.DisposeAsync().ConfigureAwait(false);
            if (failure?.ApplicationError is { } applicationError)
                ExceptionDispatchInfo.Throw(applicationError);
            return new(_explainer.Explain(trace, failure?.Rejection, exception, isTimeout));
        }
        finally
        {
            if (connected is null)
                await transport.DisposeAsync().ConfigureAwait(false);
        }
    }

    private bool Validate(SslStream stream, X509Certificate? leaf, X509Chain? chain, ServerName server)
    {
        Rejection? rejection;
        try
        {
            rejection = leaf is null ? new(RejectionReason.CertificateMissing, "a server certificate") : Verify(leaf, chain, server);
        }
        catch (Exception exception)
        {
            // The application caused the exception, for example with a bundle for another purpose. No peer can cause one.
            _failures.AddOrUpdate(stream, new(null, exception));
            throw;
        }

        if (rejection is not null)
            _failures.AddOrUpdate(stream, new(rejection, null));
        return rejection is null;
    }

    private Rejection? Verify(X509Certificate leaf, X509Chain? chain, ServerName server)
    {
        ReadOnlyMemory<byte>[] intermediates = chain is null ? [] : PeerCertificates.ExtractIntermediates(chain);
        TrustBundle bundle = _options.ServerTrust.Current.EnsurePurpose(CertificatePurpose.ServerAuthentication);
        if (!bundle.TryVerify(leaf.GetRawCertData(), intermediates, out VerifiedCertificate? verified, out Rejection? rejection))
            return rejection;
        return server.Matches(verified) ? null : CreateNameRejection(server, verified);
    }

    private static Rejection CreateNameRejection(ServerName server, VerifiedCertificate verified) =>
        new(RejectionReason.ServerNameMismatch, () => new($"a certificate that contains the name {server}", Describe(verified)));

    private static string Describe(VerifiedCertificate verified) => verified.SanState == SanState.Present
        ? $"{verified} with {string.Join(", ", verified.GetSubjectAlternativeNames())}"
        : $"{verified} without subject alternative names";

    private sealed record Failure(Rejection? Rejection, Exception? ApplicationError);
}
