using System.Diagnostics.CodeAnalysis;
using System.Net.Security;

namespace CertAuth.Testing;

/// <summary>A connection in memory, without a socket, after a real TLS handshake that succeeded or failed: both streams, and what the server
/// saw.</summary>
/// <remarks>The handshake has 30 seconds. Disposing it ends both streams.</remarks>
public sealed class TestTlsLoopback : IAsyncDisposable
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(30);

    private readonly List<IDisposable> _disposables = [];

    private TestTlsLoopback()
    {
        (DuplexStream server, DuplexStream client) = DuplexStream.CreatePair();
        (Server, Client) = (new(server), new(client));
    }

    /// <summary>The server's end.</summary>
    public SslStream Server { get; }

    /// <summary>The client's end.</summary>
    public SslStream Client { get; }

    /// <summary>Whether the server finished the handshake. A client whose certificate is refused may have finished it, too, and sees the end
    /// of the stream when it first reads.</summary>
    [MemberNotNullWhen(false, nameof(ServerException))]
    public bool Succeeded => ServerException is null;

    /// <summary>Why the handshake failed for the server; null where it didn't.</summary>
    public Exception? ServerException { get; private set; }

    /// <summary>Why the handshake failed for the client; null where it didn't.</summary>
    public Exception? ClientException { get; private set; }

    /// <summary>The facts of the connection, as a login takes them; null where the handshake failed or wasn't
    /// <see cref="ServerTls"/>'s.</summary>
    public TlsConnectionInfo? Connection { get; private set; }

    /// <summary>Why the client's certificate was refused, be the connection there or not; null where it wasn't, or where the server isn't
    /// <see cref="ServerTls"/>'s.</summary>
    public Rejection? Rejection { get; private set; }

    /// <summary>A handshake with the library's server side.</summary>
    /// <param name="server">The server side.</param>
    /// <param name="client">The client; null for one without a certificate.</param>
    /// <param name="cancellationToken">Ends the handshake.</param>
    /// <exception cref="TimeoutException">The handshake didn't end within 30 seconds.</exception>
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

    /// <summary>A handshake with a server side of your own.</summary>
    /// <param name="server">The server's options.</param>
    /// <param name="client">The client; null for one without a certificate.</param>
    /// <param name="cancellationToken">Ends the handshake.</param>
    /// <exception cref="TimeoutException">The handshake didn't end within 30 seconds.</exception>
    public static async Task<TestTlsLoopback> ConnectAsync(
        SslServerAuthenticationOptions server, TestTlsClient? client = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(server);
        TestTlsLoopback loopback = new();
        try
        {
            await loopback.HandshakeAsync(server, (client ?? new()).CreateOptions(loopback._disposables), cancellationToken).ConfigureAwait(false);
            return loopback;
        }
        catch
        {
            await loopback.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Ends both streams.</summary>
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
            throw new TimeoutException($"The handshake didn't end within {s_timeout}.");
    }

    // The other end of one that failed would wait for ever: it is told by the end of the stream.
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
