using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using CertAuth.EndToEnd.Tests.Protocol;
using CertAuth.EndToEnd.Tests.Support;
using CertAuth.MySqlServer.Protocol;
using CertAuth.MySqlServer.Proxy;
using CertAuth.MySqlServer.Server;
using CertAuth.MySqlServer.Setup;

namespace CertAuth.EndToEnd.Tests.Hostile;

/// <summary>A hostile server of the proxy, for which the proxy's client must not wait.</summary>
public sealed class HostileServerOfProxyTests
{
    // The proxy closes the connection soon although the client continues to send commands. Otherwise, the client would wait until the idle
    // timeout.
    [Fact]
    public async Task SilentServer_EndsTheConnection()
    {
        await using Site site = new();
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        LoginProxy proxy = await site.StartProxyAsync((IPEndPoint)listener.LocalEndpoint);
        using CancellationTokenSource over = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        Task serving = LogInAndFallSilentAsync(listener, site.Folder, over.Token);
        using RawClient client = await RawClient.ConnectAsync(proxy.Address);
        await client.SendAsync(1, LoginPackets.Response("anybody").Write());
        await client.AssertOkAsync();
        Task asking = AskAsync(client, over.Token);
        await Eventually.HoldsAsync(() => proxy.Slots.LoggedIn == 0, "the connection ends");
        await over.CancelAsync();
        await asking;

        await serving;
    }

    private static async Task LogInAndFallSilentAsync(TcpListener listener, Folder folder, CancellationToken over)
    {
        CancellationToken cancel = TestContext.Current.CancellationToken;
        using Socket socket = await listener.AcceptSocketAsync(cancel);
        PacketStream packets = new(new NetworkStream(socket));
        ServerHandshake greeting = new(ServerSession.Version, 1, Challenges.Create(), Capabilities.Offered, Responses.NativePassword);
        (await packets.WriteAsync(greeting.Write(), cancel)).Should().BeTrue();
        HandshakeResponse.IsSslRequest((await packets.ReadAsync(Bounds.LoginPacket, cancel)).Payload).Should().BeTrue();

        using X509Certificate2 certificate = X509Certificate2.CreateFromPemFile(folder.ServerCertificate, folder.ServerKey);
        await using SslStream encrypted = new(packets.Stream);
        await encrypted.AuthenticateAsServerAsync(certificate);
        packets.UpgradeTo(encrypted);
        (await packets.ReadAsync(Bounds.LoginPacket, cancel)).Error.Should().Be(PacketError.None);
        (await packets.WriteAsync(Responses.Ok(), cancel)).Should().BeTrue();

        // The server continues to read.
        socket.Shutdown(SocketShutdown.Send);
        await encrypted.CopyToAsync(Stream.Null, over).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static async Task AskAsync(RawClient client, CancellationToken over)
    {
        try
        {
            while (true)
            {
                await client.SendAsync(0, [(byte)Command.Ping]);
                await Task.Delay(TimeSpan.FromMilliseconds(20), over);
            }
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            // The connection is closed, or the test is over.
        }
    }
}
