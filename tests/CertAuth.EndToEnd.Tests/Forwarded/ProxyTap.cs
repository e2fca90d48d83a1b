using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using CertAuth.EndToEnd.Tests.Support;
using CertAuth.MySqlServer.Protocol;
using CertAuth.MySqlServer.Setup;

namespace CertAuth.EndToEnd.Tests.Forwarded;

/// <summary>An attacker between proxy and server, with the server's certificate and key. It forwards the real server's handshake and
/// captures the proxy's login.</summary>
internal sealed class ProxyTap(Folder folder, IPEndPoint server) : IDisposable
{
    private readonly TcpListener _listener = Start();

    internal IPEndPoint Address => (IPEndPoint)_listener.LocalEndpoint;

    public void Dispose() => _listener.Dispose();

    /// <summary>Accepts the proxy's next connection and captures its login. The real server still waits for the login on another
    /// connection.</summary>
    internal async Task<(HandshakeResponse Login, RawClient ToServer)> CaptureAsync()
    {
        CancellationToken cancel = TestContext.Current.CancellationToken;
        using Socket socket = await _listener.AcceptSocketAsync(cancel);
        RawClient toServer = await RawClient.ConnectAsync(server);
        PacketStream packets = new(new NetworkStream(socket));
        (await packets.WriteAsync(toServer.First.Payload.ToArray(), cancel)).Should().BeTrue();
        HandshakeResponse.IsSslRequest((await packets.ReadAsync(Bounds.LoginPacket, cancel)).Payload).Should().BeTrue();

        using X509Certificate2 certificate = X509Certificate2.CreateFromPemFile(folder.ServerCertificate, folder.ServerKey);
        await using SslStream encrypted = new(packets.Stream);
        await encrypted.AuthenticateAsServerAsync(certificate);
        packets.UpgradeTo(encrypted);
        Frame frame = await packets.ReadAsync(Bounds.LoginPacket, cancel);
        HandshakeResponse.Read(frame.Payload, out HandshakeResponse? login).Should().Be(PacketError.None);
        return (login!, toServer);
    }

    private static TcpListener Start()
    {
        TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return listener;
    }
}
