using System.Net;
using System.Net.Security;
using System.Runtime.ExceptionServices;
using CertAuth.Transport;

namespace CertAuth;

public sealed partial class ServerTls
{
    /// <summary>Performs a server's handshake, within the limits of the peer's address and before a deadline.</summary>
    /// <remarks>Waits at most 2 seconds for the address's other handshakes, then performs the handshake within
    /// <see cref="ServerTlsOptions.HandshakeTimeout"/>. Whatever the peer sends leads to a result and not to an
    /// exception.</remarks>
    /// <param name="transport">The connection, such as a <see cref="System.Net.Sockets.NetworkStream"/>; its reads and writes must be
    /// cancelable. It belongs to the result: it is closed with the result's stream, and at once unless the handshake succeeds.</param>
    /// <param name="peer">The peer's address, by which handshakes are limited; the client's own where a proxy forwards it (PROXY protocol).
    /// Null for a transport without addresses, such as a Unix domain socket, or a proxy that does not say: then nothing is limited.</param>
    /// <param name="cancellationToken">Ends the handshake.</param>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was canceled.</exception>
    /// <exception cref="InvalidOperationException">The trust bundle in use is not one for clients.</exception>
    public async Task<TlsAcceptResult> AcceptAsync(Stream transport, EndPoint? peer, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(transport);
        SslStream? accepted = null;
        try
        {
            using HandshakePermit? permit = await Handshakes.AcquireAsync(peer, cancellationToken).ConfigureAwait(false);
            if (permit is null)
                return new(HandshakeExplainer.TooMany(Handshakes));
            TlsAcceptResult result = await ShakeHandsAsync(transport, permit, cancellationToken).ConfigureAwait(false);
            accepted = result.Stream;
            return result;
        }
        finally
        {
            if (accepted is null)
                await transport.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async Task<TlsAcceptResult> ShakeHandsAsync(Stream transport, HandshakePermit permit, CancellationToken cancellationToken)
    {
        SslServerAuthenticationOptions options = CreateServerOptions();
        HandshakeTrace trace = new();
        SslStream stream = new(new HandshakeStream(transport, permit.Turn, trace));
        (Exception? exception, bool isTimeout) = await HandshakeAttempt.RunAsync(
            token => stream.AuthenticateAsServerAsync(
                (_, hello, _, _) =>
                {
                    trace.Offered = hello.SslProtocols;
                    return ValueTask.FromResult(options);
                },
                state: null,
                token),
            _options.HandshakeTimeout,
            _options.TimeProvider,
            cancellationToken).ConfigureAwait(false);
        if (exception is null)
            return new(stream, GetConnectionInfo(stream));

        HandshakeOutcome? facts = _handshakes.TryGetValue(stream, out HandshakeOutcome? known) ? known : null;
        await stream.DisposeAsync().ConfigureAwait(false);
        if (facts?.Mistake is { } mistake)
            ExceptionDispatchInfo.Throw(mistake);
        return new(_explainer.Explain(trace, facts?.Rejection, exception, isTimeout));
    }
}
