using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using MySqlLogin.Protocol;
using MySqlLogin.Setup;

namespace CertAuth.EndToEnd.Tests.Support;

/// <summary>A client that sends what it likes.</summary>
internal sealed class RawClient : IDisposable
{
    private readonly TcpClient _socket = new();

    private SslStream? _encrypted;

    internal Stream Stream => _encrypted ?? (Stream)_socket.GetStream();

    public void Dispose()
    {
        _encrypted?.Dispose();
        _socket.Dispose();
    }

    /// <summary>Connects and reads the server's first packet.</summary>
    internal static async Task<(RawClient Client, Frame First)> ConnectAsync(IPEndPoint address)
    {
        RawClient client = new();
        await client._socket.ConnectAsync(address, TestContext.Current.CancellationToken);
        return (client, await client.ReadAsync());
    }

    /// <summary>Upgrades to TLS with a certificate of the folder.</summary>
    internal async Task EncryptAsync(Folder folder, string certificate)
    {
        await SendAsync(1, new HandshakeResponse
        {
            Capabilities = Capabilities.Offered,
            MaxPacket = 1 << 24,
            CharacterSet = 45,
            User = "",
            Authentication = default,
        }.WriteSslRequest());
        using X509Certificate2 own = X509Certificate2.CreateFromPemFile(folder.In($"{certificate}-cert.pem"), folder.In($"{certificate}-key.pem"));
        X509ChainPolicy policy = new()
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        };
        policy.CustomTrustStore.ImportFromPemFile(folder.Ca);
        _encrypted = new(_socket.GetStream());
        await _encrypted.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = "localhost",
                ClientCertificateContext = SslStreamCertificateContext.Create(own, null, offline: true),
                CertificateChainPolicy = policy,
            },
            TestContext.Current.CancellationToken);
    }

    internal async Task SendAsync(byte sequence, byte[] payload) => await Stream.WriteAsync(
        (byte[])[(byte)payload.Length, (byte)(payload.Length >> 8), (byte)(payload.Length >> 16), sequence, .. payload],
        TestContext.Current.CancellationToken);

    internal ValueTask<Frame> ReadAsync() => Frames.ReadAsync(Stream, Bounds.LoginPacket, TestContext.Current.CancellationToken);

    /// <summary>The text of an error packet after its number and SQLSTATE.</summary>
    internal static (int Code, string Text) ReadError(Frame frame)
    {
        Assert.Equal(PacketError.None, frame.Error);
        ReadOnlySpan<byte> payload = frame.Payload.Span;
        Assert.Equal(Answers.ErrorHeader, payload[0]);
        return (payload[1] | payload[2] << 8, Encoding.UTF8.GetString(payload[3..]));
    }
}
