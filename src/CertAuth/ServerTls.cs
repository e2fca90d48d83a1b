using System.Diagnostics.CodeAnalysis;
using System.Net.Security;
using System.Runtime.CompilerServices;
using System.Security.Cryptography.X509Certificates;
using CertAuth.Certificates;
using CertAuth.Tls;
using CertAuth.Transport;
using CertAuth.Trust;

namespace CertAuth;

/// <summary>The TLS side of a server: performs handshakes that ask clients for a certificate, verifies the certificate, and provides the
/// facts of the connection.</summary>
/// <remarks>
/// <para>The certificate of a client is verified against the current trust bundle before <c>AuthenticateAsServerAsync</c> completes.
/// <see cref="SslStream"/> builds a chain of its own before that, which cannot be switched off. That chain fetches nothing and its verdict
/// is ignored. However, .NET reads the user's store of disallowed certificates for it, and any file there makes every handshake with a
/// client certificate fail with a <see cref="System.Security.Cryptography.CryptographicException"/>.</para>
/// <para>Sessions are not resumed, so that the certificate of each connection is verified. Clients cannot renegotiate.</para>
/// <para>Safe for concurrent use. Only an instance from <see cref="OpenAsync"/> has something to dispose. Tested on Linux with
/// OpenSSL 3.</para>
/// </remarks>
public sealed partial class ServerTls
{
    private readonly ServerTlsOptions _options;
    private readonly TlsHandshakeOptions _handshakeOptions;
    private readonly HandshakeExplainer _explainer;

    // AuthenticationException carries no reason, so the outcome is stored beside the stream. An entry lives as long as its stream.
    private readonly ConditionalWeakTable<SslStream, HandshakeOutcome> _outcomes = [];

    private volatile ClientCaAnnouncement? _announcement;

    /// <summary>Initializes a new instance with options that include the sources of the certificate and of the CAs.</summary>
    /// <param name="options">The options.</param>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is null.</exception>
    /// <exception cref="ArgumentException">An option is missing or out of range. The message names every such option.</exception>
    public ServerTls(ServerTlsOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.ThrowIfInvalid();
        _options = options;
        _handshakeOptions = new(options.MinimumVersion, options.CipherSuites, isServer: true);
        _explainer = new("client", options.HandshakeTimeout, _handshakeOptions.Versions);
        Handshakes = new(options.MaxHandshakesPerAddress, options.TimeProvider);
    }

    /// <summary>Gets the limiter of concurrent handshakes of each peer address. <see cref="AcceptAsync"/> uses it. A server that performs
    /// the handshake itself with <see cref="CreateServerOptions"/> has to acquire a permit from it before each handshake.</summary>
    public HandshakeLimiter Handshakes { get; }

    /// <summary>Creates the options for one handshake.</summary>
    /// <remarks>Each call returns a new object, with the current certificate. The application may set
    /// <see cref="SslServerAuthenticationOptions.ApplicationProtocols"/>; it is responsible for the effects of any other change.</remarks>
    /// <returns>The options. They hold the current certificate of the server; the CAs are read when a certificate is verified.</returns>
    public SslServerAuthenticationOptions CreateServerOptions()
    {
        ServerCertificate certificate = _options.ServerCertificate!.Current;
        return new()
        {
            ServerCertificateContext = _options.CaNames == CaNamesPolicy.Send ? GetAnnouncingContext(certificate) : certificate.Context,
            EnabledSslProtocols = _handshakeOptions.Versions,
            CipherSuitesPolicy = _handshakeOptions.Suites,
            ClientCertificateRequired = _options.ClientCertificate != ClientCertificatePolicy.None,
            RemoteCertificateValidationCallback = (sender, leaf, chain, _) => Validate((SslStream)sender, leaf, chain, certificate),
            CertificateChainPolicy = InertChainPolicy.Create(),
            CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
            EncryptionPolicy = EncryptionPolicy.RequireEncryption,
            AllowRenegotiation = false,

            // A resumed session has no intermediates, and must not outlive a CA that was removed. .NET shares sessions between options, so
            // resumption could also bring a certificate to a connection on which none was requested.
            AllowTlsResume = false,
        };
    }

    /// <summary>Returns the facts of a connection after a successful handshake.</summary>
    /// <param name="stream">A stream that was authenticated as server with options from <see cref="CreateServerOptions"/> of this
    /// instance.</param>
    /// <exception cref="ArgumentNullException"><paramref name="stream"/> is null.</exception>
    /// <exception cref="InvalidOperationException">The stream is not authenticated as server, or not with options from this
    /// instance.</exception>
    public TlsConnectionInfo GetConnectionInfo(SslStream stream) => TryGetConnectionInfo(stream, out TlsConnectionInfo? connection)
        ? connection
        : throw new InvalidOperationException(
            "The stream is not authenticated as server with options from this ServerTls; call CreateServerOptions for each handshake.");

    /// <summary>Returns the facts of a connection if its handshake succeeded with options from this instance. An application with several
    /// instances can find the one that a stream belongs to.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="connection">The facts, or null.</param>
    /// <returns>true if the stream is authenticated as server with options from <see cref="CreateServerOptions"/> of this instance;
    /// otherwise, false.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="stream"/> is null.</exception>
    public bool TryGetConnectionInfo(SslStream stream, [NotNullWhen(true)] out TlsConnectionInfo? connection)
    {
        ArgumentNullException.ThrowIfNull(stream);
        connection = null;
        if (!stream.IsAuthenticated || !stream.IsServer || !_outcomes.TryGetValue(stream, out HandshakeOutcome? outcome))
            return false;

        connection = new()
        {
            Protocol = stream.SslProtocol,
            CipherSuite = stream.NegotiatedCipherSuite,
            ClientCertificate = outcome.Verified,
            ClientCertificateRejection = outcome.Rejection,
            ClientCertificateRequested = _options.ClientCertificate != ClientCertificatePolicy.None,
            AllowedCipherSuites = _options.CipherSuites,
            ServerCertificateNotBefore = outcome.ServerCertificate.NotBefore,
            ServerCertificateNotAfter = outcome.ServerCertificate.NotAfter,
        };
        return true;
    }

    /// <summary>Verifies the certificate of an established connection again, with the current trust bundle at the current time.</summary>
    /// <remarks>
    /// <para>Call it before each later login on the connection (COM_CHANGE_USER, an HTTP request), and before a proxy signs for its client.
    /// The verdict is that of a new handshake of the same client. Neither the network nor a file is accessed.</para>
    /// <para>If the bundle was not replaced and no certificate or revocation list of the path has expired, the method only compares two
    /// times. After a reload, it searches for a path, once for each distinct chain. If the connection has no verified certificate, its
    /// facts are returned unchanged.</para>
    /// </remarks>
    /// <param name="connection">The facts of the connection, from <see cref="GetConnectionInfo"/> or from an earlier call of this
    /// method.</param>
    /// <param name="current">The facts for this login, which replace the earlier ones; null if the certificate is rejected.</param>
    /// <param name="rejection">The reason why the certificate is rejected, or null. After a rejection, reject the login and close the
    /// connection.</param>
    /// <returns>true if the connection may be used for the login; otherwise, false.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="connection"/> is null.</exception>
    /// <exception cref="ArgumentException">The facts were forwarded by a proxy and are valid for only one login, or they include a
    /// certificate that no handshake with options of this instance can have verified.</exception>
    /// <exception cref="InvalidOperationException">The current trust bundle is not for the certificates of clients.</exception>
    public bool TryReverify(
        TlsConnectionInfo connection, [NotNullWhen(true)] out TlsConnectionInfo? current, [NotNullWhen(false)] out Rejection? rejection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        if (connection.IsForwarded)
        {
            throw new ArgumentException(
                "Forwarded facts are valid for only one login; the next login needs a token of its own.", nameof(connection));
        }

        (current, rejection) = (connection, null);
        if (connection.ClientCertificate is not { } known)
            return true;
        if (_options.ClientTrust is not { } trust || known.Path is null)
            throw new ArgumentException(
                "The facts include a certificate that no handshake with options of this ServerTls can have verified.", nameof(connection));

        TrustBundle bundle = trust.Current.EnsurePurpose(CertificatePurpose.ClientAuthentication);
        bool isAccepted = bundle.TryReverify(known, out VerifiedCertificate? verified, out rejection);
        current = !isAccepted ? null : ReferenceEquals(verified, known) ? connection : connection.WithCertificate(verified!);
        return isAccepted;
    }

    /// <summary>Returns the reason why the certificate of a client was rejected; null if it was not rejected. The handshake failed or, with
    /// <see cref="UnverifiedCertificatePolicy.Continue"/>, succeeded.</summary>
    /// <param name="stream">A stream whose handshake used options from <see cref="CreateServerOptions"/> of this instance.</param>
    /// <exception cref="ArgumentNullException"><paramref name="stream"/> is null.</exception>
    public Rejection? GetRejection(SslStream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return _outcomes.TryGetValue(stream, out HandshakeOutcome? outcome) ? outcome.Rejection : null;
    }

    private bool Validate(SslStream stream, X509Certificate? leaf, X509Chain? chain, ServerCertificate server)
    {
        // A certificate that was not requested arrives only in a renegotiation that the application started without these options.
        if (leaf is not null && _options.ClientCertificate == ClientCertificatePolicy.None)
            return false;

        HandshakeOutcome outcome;
        try
        {
            outcome = leaf is null ? CreateOutcomeWithoutCertificate(server) : Verify(leaf, chain, server);
        }
        catch (Exception exception)
        {
            // The application caused the exception, for example with a bundle for another purpose. No peer can cause one.
            _outcomes.AddOrUpdate(stream, new(server, null, null, exception));
            throw;
        }

        _outcomes.AddOrUpdate(stream, outcome);
        return outcome.Rejection is null || (leaf is not null && _options.UnverifiedCertificate == UnverifiedCertificatePolicy.Continue);
    }

    private HandshakeOutcome CreateOutcomeWithoutCertificate(ServerCertificate server) =>
        _options.ClientCertificate == ClientCertificatePolicy.Required
            ? new(server, null, new(RejectionReason.CertificateMissing, "a client certificate"))
            : new(server, null, null);

    private HandshakeOutcome Verify(X509Certificate leaf, X509Chain? chain, ServerCertificate server)
    {
        ReadOnlyMemory<byte>[] intermediates = chain is null ? [] : PeerCertificates.ExtractIntermediates(chain);
        TrustBundle bundle = _options.ClientTrust!.Current.EnsurePurpose(CertificatePurpose.ClientAuthentication);
        bundle.TryVerify(leaf.GetRawCertData(), intermediates, out var verified, out Rejection? rejection);
        return new(server, verified, rejection);
    }

    // The announcement is replaced after the certificate or the bundle. A race here is benign: both threads compute the same value.
    private SslStreamCertificateContext GetAnnouncingContext(ServerCertificate certificate)
    {
        TrustBundle bundle = _options.ClientTrust!.Current;
        ClientCaAnnouncement? announcement = _announcement;
        if (announcement?.IsFor(certificate, bundle) != true)
            _announcement = announcement = ClientCaAnnouncement.Create(certificate, bundle);
        return announcement.Context;
    }

    private sealed record HandshakeOutcome(
        ServerCertificate ServerCertificate, VerifiedCertificate? Verified, Rejection? Rejection, Exception? ApplicationError = null);
}
