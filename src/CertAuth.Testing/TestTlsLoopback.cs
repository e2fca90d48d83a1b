using System.Diagnostics.CodeAnalysis;
using System.Net.Security;

namespace CertAuth.Testing;

/// <summary>An in-memory connection after a real TLS handshake that succeeded or failed: both streams, and the result for the
/// server.</summary>
/// <remarks>No socket is used. The handshake is limited to 30 seconds.</remarks>
public sealed class TestTlsLoopback : IAsyncDisposable
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(30);

    private readonly List<IDisposable> _disposables = [];

    private TestTlsLoopback()
    {
        (DuplexStream server, DuplexStream client) = DuplexStream.CreatePair();
        (Server, Client) = (new(server), new(client));
    }

    /// <summary>Gets the server's end.</summary>
    public SslStream Server { get; }

    /// <summary>Gets the client's end.</summary>
    public SslStream Client { get; }

    /// <summary>Gets a value that indicates whether the server completed the handshake. With TLS 1.3, a client may complete it although the
    /// server rejects its certificate; its first read then fails.</summary>
    [MemberNotNullWhen(false, nameof(ServerException))]
    public bool Succeeded => ServerException is null;

    /// <summary>Gets the exception of the server's handshake; null if the server completed it.</summary>
    public Exception? ServerException { get; private set; }

    /// <summary>Gets the exception of the client's handshake; null if the client completed it.</summary>
    public Exception? ClientException { get; private set; }

    /// <summary>Gets the facts of the connection for an authentication request; null if the handshake failed or the server is not a
    /// <see cref="ServerTls"/>.</summary>
    public TlsConnectionInfo? Connection { get; private set; }

    /// <summary>Gets the reason why the client's certificate was rejected, whether or not the handshake succeeded; null if it was not
    /// rejected or the server is not a <see cref="ServerTls"/>.</summary>
    public Rejection? Rejection { get; private set; }

    /// <summary>Runs a handshake with a <see cref="ServerTls"/>.</summary>
    /// <param name="server">The server.</param>
    /// <param name="client">The client; null for a client without a certificate.</param>
    /// <param name="cancellationToken">Cancels the handshake.</param>
    /// <exception cref="TimeoutException">The handshake did not complete within 30 seconds.</exception>
    public static async Task<TestTlsLoopback> ConnectAsync(
        ServerTls server, TestTlsClient? client = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(server);
        TestTlsLoopback loopback = await ConnectAsync(server.CreateServerOptions(), client, cancellationToken).ConfigureAwait(false);
        loopback.Rejection = server.GetRejection(loopback.Server);
        if (loopback.Succeeded)
            loopback.Connection = server.GetConnectionInfo(loopback.Server);
        return loopback;
    }

    /// <summary>Runs a handshake with the given server options.</summary>
    /// <param name="server">The server's options.</param>
    /// <param name="client">The client; null for a client without a certificate.</param>
    /// <param name="cancellationToken">Cancels the handshake.</param>
    /// <exception cref="TimeoutException">The handshake did not complete within 30 seconds.</exception>
    public static async Task<TestTlsLoopback> ConnectAsync(
        SslServerAuthenticationOptions server, TestTlsClient? client = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(server);
        TestTlsLoopback loopback = new();
        try
        {
            SslClientAuthenticationOptions options = (client ?? new()).CreateOptions(loopback._disposables);
            await loopback.HandshakeAsync(server, options, cancellationToken).ConfigureAwait(false);
            return loopback;
        }
        catch
        {
            await loopback.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Disposes both streams.</summary>
    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync().ConfigureAwait(false);
        await Client.DisposeAsync().ConfigureAwait(false);
        _disposables.ForEach(one => one.Dispose());
    }

    private async Task HandshakeAsync(
        SslServerAuthenticationOptions server, SslClientAuthenticationOptions client, CancellationToken cancellationToken)
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(s_timeout);
        Task<Exception?> accepting = CaptureExceptionAsync(Server, () => Server.AuthenticateAsServerAsync(server, limit.Token));
        Task<Exception?> connecting = CaptureExceptionAsync(Client, () => Client.AuthenticateAsClientAsync(client, limit.Token));
        (ServerException, ClientException) = (await accepting.ConfigureAwait(false), await connecting.ConfigureAwait(false));

        cancellationToken.ThrowIfCancellationRequested();
        if (ServerException is OperationCanceledException || ClientException is OperationCanceledException)
            throw new TimeoutException($"The handshake did not complete within {s_timeout}.");
    }

    // An end that fails is disposed. The other end then reads the end of the stream; otherwise, it would wait until the timeout.
    private static async Task<Exception?> CaptureExceptionAsync(SslStream end, Func<Task> authenticate)
    {
        try
        {
            await authenticate().ConfigureAwait(false);
            return null;
        }
        catch (Exception e)
        {
            await end.DisposeAsync().ConfigureAwait(false);
            return e;
        }
    }
}
