using System.Net.Security;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Security.Cryptography.X509Certificates;
using CertAuth.Certificates;
using CertAuth.Tls;
using CertAuth.Trust;

namespace CertAuth.Transport;

/// <summary>Makes the options with which a proxy's <see cref="SslStream"/> connects to its server: the server's certificate is verified on the same paths as
/// clients' are, so that CAs of one name can be rotated, and must name the server.</summary>
/// <remarks>What <see cref="ServerTls"/> says of .NET's own chain holds here, too. Sessions are not resumed; the server can't renegotiate. Safe for
/// concurrent use; nothing to dispose. Tested on Linux with OpenSSL 3.</remarks>
public sealed class UpstreamTls
{
    private readonly UpstreamTlsOptions _options;
    private readonly TlsHandshakeOptions _choices;
    private readonly HandshakeExplainer _explainer;
    private readonly ConditionalWeakTable<SslStream, Failure> _failures = [];

    /// <summary>A client side with these options.</summary>
    /// <exception cref="ArgumentException">An option is missing or out of range; the message names all of them.</exception>
    public UpstreamTls(UpstreamTlsOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.ThrowIfInvalid();
        _options = options;
        _choices = new(options.MinimumVersion, options.CipherSuites, isServer: false);
        _explainer = new("server", options.HandshakeTimeout);
    }

    /// <summary>Options for one handshake, fresh at each call. A host may set <see cref="SslClientAuthenticationOptions.ApplicationProtocols"/>;
    /// whatever else it changes is its own responsibility.</summary>
    /// <param name="server">What the server's certificate must name; a DNS name is sent as SNI (RFC 6066, 3).</param>
    public SslClientAuthenticationOptions CreateClientOptions(ServerName server)
    {
        ArgumentNullException.ThrowIfNull(server);
        return new()
        {
            TargetHost = server.Text,
            ClientCertificateContext = _options.Certificate?.Current.Context,
            EnabledSslProtocols = _choices.Versions,
            CipherSuitesPolicy = _choices.Suites,
            RemoteCertificateValidationCallback = (sender, leaf, chain, _) => Validate((SslStream)sender, leaf, chain, server),
            CertificateChainPolicy = InertChainPolicy.Create(),
            CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
            EncryptionPolicy = EncryptionPolicy.RequireEncryption,
            AllowRenegotiation = false,

            // A resumed session must not outlive a CA that was removed.
            AllowTlsResume = false,
        };
    }

    /// <summary>Why the server's certificate was refused; null where it wasn't.</summary>
    public Rejection? GetRejection(SslStream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return _failures.TryGetValue(stream, out Failure? failure) ? failure.Rejection : null;
    }

    /// <summary>Performs the handshake with the server, before a deadline.</summary>
    /// <remarks>Whatever the server sends leads to a result and not to an exception.</remarks>
    /// <param name="transport">The connection, such as a <see cref="System.Net.Sockets.NetworkStream"/>; its reads and writes must be
    /// cancelable. It belongs to the result: it is closed with the result's stream, and at once unless the handshake succeeds.</param>
    /// <param name="server">What the server's certificate must name; a DNS name is sent as SNI (RFC 6066, 3).</param>
    /// <param name="cancellationToken">Ends the handshake.</param>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was canceled.</exception>
    /// <exception cref="InvalidOperationException">The trust bundle in use is not one for servers.</exception>
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
            if (failure?.Mistake is { } mistake)
                ExceptionDispatchInfo.Throw(mistake);
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
        catch (Exception mistake)
        {
            // The application's own, such as a bundle for another purpose: no peer can cause it.
            _failures.AddOrUpdate(stream, new(null, mistake));
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
        return server.Matches(verified)
            ? null
            : RejectName(server, verified);
    }

    private static Rejection RejectName(ServerName server, VerifiedCertificate verified) =>
        new(RejectionReason.ServerNameMismatch, () => new($"a certificate that names {server}", Describe(verified)));

    private static string Describe(VerifiedCertificate verified) => verified.SanState == SanState.Present
        ? $"{verified} with {string.Join(", ", verified.GetSubjectAlternativeNames())}"
        : $"{verified} without subject alternative names";

    private sealed record Failure(Rejection? Rejection, Exception? Mistake);
}
