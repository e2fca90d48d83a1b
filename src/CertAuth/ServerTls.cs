using System.Diagnostics.CodeAnalysis;
using System.Net.Security;
using System.Runtime.CompilerServices;
using System.Security.Cryptography.X509Certificates;
using CertAuth.Certificates;
using CertAuth.Tls;
using CertAuth.Transport;
using CertAuth.Trust;

namespace CertAuth;

/// <summary>Makes the options with which a server's <see cref="SslStream"/> asks clients for certificates, and yields the facts afterwards.</summary>
/// <remarks>
/// <para>The client's certificate is verified against the trust bundle of the moment, before <c>AuthenticateAsServerAsync</c> completes. SslStream
/// builds a chain of its own before that, and can't be kept from it: it fetches nothing and its verdict is ignored, but .NET looks into the
/// user's store of disallowed certificates, and any file there makes every handshake with a client certificate fail with a
/// <see cref="System.Security.Cryptography.CryptographicException"/>. Sessions are not resumed, so that each connection is verified;
/// a client can't renegotiate.</para>
/// <para>Safe for concurrent use; nothing to dispose. Tested on Linux with OpenSSL 3.</para>
/// </remarks>
public sealed partial class ServerTls
{
    private readonly ServerTlsOptions _options;
    private readonly TlsHandshakeOptions _choices;
    private readonly HandshakeExplainer _explainer;

    // Beside the stream, since AuthenticationException carries no reason; an entry ends with its stream.
    private readonly ConditionalWeakTable<SslStream, HandshakeOutcome> _handshakes = [];

    private volatile ClientCaAnnouncement? _announcement;

    /// <summary>A server side with these options.</summary>
    /// <exception cref="ArgumentException">An option is missing or out of range; the message names all of them.</exception>
    public ServerTls(ServerTlsOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.ThrowIfInvalid();
        _options = options;
        _choices = new(options.MinimumVersion, options.CipherSuites, isServer: true);
        _explainer = new("client", options.HandshakeTimeout, _choices.Versions);
        Handshakes = new(options.MaxHandshakesPerAddress, options.TimeProvider);
    }

    /// <summary>Limits the handshakes of each peer address. <see cref="AcceptAsync"/> uses it; a server that performs the handshake in
    /// another way with <see cref="CreateServerOptions"/> uses it itself.</summary>
    public HandshakeLimiter Handshakes { get; }

    /// <summary>Options for one handshake, fresh at each call. A host may set <see cref="SslServerAuthenticationOptions.ApplicationProtocols"/>;
    /// whatever else it changes is its own responsibility.</summary>
    public SslServerAuthenticationOptions CreateServerOptions()
    {
        ServerCertificate certificate = _options.ServerCertificate.Current;
        return new()
        {
            ServerCertificateContext = _options.CaNames == CaNamesPolicy.Send ? GetAnnouncingContext(certificate) : certificate.Context,
            EnabledSslProtocols = _choices.Versions,
            CipherSuitesPolicy = _choices.Suites,
            ClientCertificateRequired = _options.ClientCertificate != ClientCertificatePolicy.None,
            RemoteCertificateValidationCallback = (sender, leaf, chain, _) => Validate((SslStream)sender, leaf, chain, certificate),
            CertificateChainPolicy = InertChainPolicy.Create(),
            CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
            EncryptionPolicy = EncryptionPolicy.RequireEncryption,
            AllowRenegotiation = false,

            // A resumed session has no intermediates, and must not outlive a CA that was removed. Nor may one bring a certificate to a
            // connection that didn't ask for it: .NET shares sessions between options.
            AllowTlsResume = false,
        };
    }

    /// <summary>The facts of a connection after its handshake succeeded.</summary>
    /// <param name="stream">A stream that was authenticated as server with options from <see cref="CreateServerOptions"/>.</param>
    /// <exception cref="InvalidOperationException">The stream isn't authenticated, or not with options of this object.</exception>
    public TlsConnectionInfo GetConnectionInfo(SslStream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (!stream.IsAuthenticated || !stream.IsServer)
            throw new InvalidOperationException("The stream isn't authenticated as server.");
        if (!_handshakes.TryGetValue(stream, out HandshakeOutcome? facts))
            throw new InvalidOperationException("The handshake wasn't made with options of this object.");

        return new()
        {
            Protocol = stream.SslProtocol,
            CipherSuite = stream.NegotiatedCipherSuite,
            ClientCertificate = facts.Verified,
            ClientCertificateRejection = facts.Rejection,
            ClientCertificateRequested = _options.ClientCertificate != ClientCertificatePolicy.None,
            AllowedCipherSuites = _options.CipherSuites,
            ServerCertificateNotBefore = facts.ServerCertificate.NotBefore,
            ServerCertificateNotAfter = facts.ServerCertificate.NotAfter,
        };
    }

    /// <summary>Verifies the certificate of an established connection again, against the trust bundle and the time of now: before a later
    /// login on the connection (COM_CHANGE_USER, an HTTP request), and before a proxy vouches for its client.</summary>
    /// <remarks>It decides as a handshake of the same client would now, without network or file access. While the bundle was not replaced
    /// and no date or list of the path has ended, it compares two times; after a reload it searches a path, once for each distinct chain. A
    /// connection without a verified certificate has nothing to verify: its facts stay as they are.</remarks>
    /// <param name="connection">The facts of the connection, from <see cref="GetConnectionInfo"/> or from an earlier call of this
    /// method.</param>
    /// <param name="current">The facts for this login, which replace the others; null where the certificate is rejected.</param>
    /// <param name="rejection">Why the certificate is rejected, or null: then reject the login and close the connection.</param>
    /// <exception cref="ArgumentException">The facts were forwarded by a proxy, which vouches for one login only, or have a certificate
    /// while these options ask for none.</exception>
    /// <exception cref="InvalidOperationException">The trust bundle in use is not one for clients.</exception>
    public bool TryReverify(
        TlsConnectionInfo connection, [NotNullWhen(true)] out TlsConnectionInfo? current, [NotNullWhen(false)] out Rejection? rejection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        if (connection.IsForwarded)
            throw new ArgumentException("Forwarded facts are for one login; the next one needs a token of its own.", nameof(connection));

        (current, rejection) = (connection, null);
        if (connection.ClientCertificate is not { } known)
            return true;
        if (_options.ClientTrust is not { } trust || known.Path is null)
            throw new ArgumentException("The facts are not those of a handshake with these options.", nameof(connection));

        TrustBundle bundle = trust.Current.EnsurePurpose(CertificatePurpose.ClientAuthentication);
        bool holds = bundle.TryReverify(known, out VerifiedCertificate? verified, out rejection);
        current = !holds ? null : ReferenceEquals(verified, known) ? connection : connection.With(verified!);
        return holds;
    }

    /// <summary>Why the client's certificate was refused, after a handshake that failed or went on; null where it wasn't.</summary>
    public Rejection? GetRejection(SslStream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return _handshakes.TryGetValue(stream, out HandshakeOutcome? facts) ? facts.Rejection : null;
    }

    private bool Validate(SslStream stream, X509Certificate? leaf, X509Chain? chain, ServerCertificate server)
    {
        // A certificate that nobody asked for came by a renegotiation that the host started: not with these options.
        if (leaf is not null && _options.ClientCertificate == ClientCertificatePolicy.None)
            return false;

        HandshakeOutcome facts;
        try
        {
            facts = leaf is null ? WithoutCertificate(server) : Verify(leaf, chain, server);
        }
        catch (Exception mistake)
        {
            // The application's own, such as a bundle for another purpose: no peer can cause it.
            _handshakes.AddOrUpdate(stream, new(server, null, null, mistake));
            throw;
        }

        _handshakes.AddOrUpdate(stream, facts);
        return facts.Rejection is null || (leaf is not null && _options.UnverifiedCertificate == UnverifiedCertificatePolicy.Continue);
    }

    private HandshakeOutcome WithoutCertificate(ServerCertificate server) => _options.ClientCertificate == ClientCertificatePolicy.Required
        ? new(server, null, new(RejectionReason.CertificateMissing, "a client certificate"))
        : new(server, null, null);

    private HandshakeOutcome Verify(X509Certificate leaf, X509Chain? chain, ServerCertificate server)
    {
        ReadOnlyMemory<byte>[] intermediates = chain is null ? [] : PeerCertificates.ExtractIntermediates(chain);
        TrustBundle bundle = _options.ClientTrust!.Current.EnsurePurpose(CertificatePurpose.ClientAuthentication);
        bundle.TryVerify(leaf.GetRawCertData(), intermediates, out var verified, out Rejection? rejection);
        return new(server, verified, rejection);
    }

    // Made anew when the certificate or the bundle was replaced; two at once do no harm.
    private SslStreamCertificateContext GetAnnouncingContext(ServerCertificate certificate)
    {
        TrustBundle bundle = _options.ClientTrust!.Current;
        ClientCaAnnouncement? announced = _announcement;
        if (announced?.IsFor(certificate, bundle) != true)
            _announcement = announced = ClientCaAnnouncement.Create(certificate, bundle);
        return announced.Context;
    }

    private sealed record HandshakeOutcome(ServerCertificate ServerCertificate, VerifiedCertificate? Verified, Rejection? Rejection, Exception? Mistake = null);
}
