using System.Net;
using System.Net.Security;
using System.Runtime.ExceptionServices;
using CertAuth.Transport;

namespace CertAuth;

public sealed partial class ServerTls
{
    /// <summary>Performs the handshake with a client, within the limits of its address and before a deadline.</summary>
    /// <remarks>If the address has the maximum number of handshakes in progress, the method waits at most 2 seconds for one of them to end.
    /// It then performs the handshake within <see cref="ServerTlsOptions.HandshakeTimeout"/>. Nothing that the client sends causes an
    /// exception.</remarks>
    /// <param name="transport">The connection, such as a <see cref="System.Net.Sockets.NetworkStream"/>. Its reads and writes must be
    /// cancelable. This method takes ownership: if the handshake succeeds, disposing the stream of the result closes the connection;
    /// otherwise it is closed before the method returns.</param>
    /// <param name="peer">The address by which handshakes are limited: that of the peer, or that of the client if a proxy forwards it
    /// (PROXY protocol). Null for a transport without addresses, such as a Unix domain socket, and for a proxy that does not forward
    /// addresses; the handshake is then not limited.</param>
    /// <param name="cancellationToken">The token that cancels the handshake.</param>
    /// <returns>The authenticated stream with the facts of the connection, or the reason why the handshake failed.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="transport"/> is null.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was canceled.</exception>
    /// <exception cref="InvalidOperationException">The current trust bundle is not for the certificates of clients.</exception>
    public async Task<TlsAcceptResult> AcceptAsync(Stream transport, EndPoint? peer, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(transport);
        SslStream? accepted = null;
        try
        {
            using HandshakePermit? permit = await Handshakes.AcquireAsync(peer, cancellationToken).ConfigureAwait(false);
            if (permit is null)
                return new(HandshakeExplainer.ExplainTooManyHandshakes(Handshakes));
            TlsAcceptResult result = await PerformHandshakeAsync(transport, permit, cancellationToken).ConfigureAwait(false);
            accepted = result.Stream;
            return result;
        }
        finally
        {
            if (accepted is null)
                await transport.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async Task<TlsAcceptResult> PerformHandshakeAsync(Stream transport, HandshakePermit permit, CancellationToken cancellationToken)
    {
        SslServerAuthenticationOptions options = CreateServerOptions();
        HandshakeTrace trace = new();
        SslStream stream = new(new HandshakeStream(transport, permit.Turn, trace));
        (Exception? exception, bool isTimeout) = await HandshakeAttempt.RunAsync(
            token => stream.AuthenticateAsServerAsync(
                (_, hello, _, _) =>
                {
                    trace.OfferedVersions = hello.SslProtocols;
                    return ValueTask.FromResult(options);
                },
                state: null,
                token),
            _options.HandshakeTimeout,
            _options.TimeProvider,
            cancellationToken).ConfigureAwait(false);
        if (exception is null)
            return new(stream, GetConnectionInfo(stream));

        HandshakeOutcome? outcome = _outcomes.TryGetValue(stream, out HandshakeOutcome? known) ? known : null;
        await stream.DisposeAsync().ConfigureAwait(false);
        if (outcome?.ApplicationError is { } applicationError)
            ExceptionDispatchInfo.Throw(applicationError);
        return new(_explainer.Explain(trace, outcome?.Rejection, exception, isTimeout));
    }
}
