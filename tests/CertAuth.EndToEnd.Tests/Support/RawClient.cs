using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using CertAuth.EndToEnd.Tests.Protocol;
using CertAuth.MySqlServer.Protocol;
using CertAuth.MySqlServer.Setup;

namespace CertAuth.EndToEnd.Tests.Support;

/// <summary>A client that sends arbitrary packets.</summary>
internal sealed class RawClient : IDisposable
{
    private readonly TcpClient _socket;

    private NetworkStream? _plain;
    private SslStream? _encrypted;

    private RawClient(IPAddress? from) => _socket = from is null ? new() : new(new IPEndPoint(from, 0));

    // The stream is cached, because TcpClient returns none after the peer has reset the connection.
    internal Stream Stream => _encrypted ?? (Stream)(_plain ??= _socket.GetStream());

    public void Dispose()
    {
        _encrypted?.Dispose();
        _socket.Dispose();
    }

    /// <summary>The server's first packet, if it was read.</summary>
    internal Frame First { get; private set; }

    /// <summary>Connects and reads the server's first packet.</summary>
    internal static async Task<RawClient> ConnectAsync(IPEndPoint address, IPAddress? from = null)
    {
        RawClient client = await OpenAsync(address, from);
        client.First = await client.ReadAsync();
        return client;
    }

    /// <summary>Connects without reading the server's first packet.</summary>
    internal static async Task<RawClient> OpenAsync(IPEndPoint address, IPAddress? from = null)
    {
        RawClient client = new(from);
        await client._socket.ConnectAsync(address, TestContext.Current.CancellationToken);
        return client;
    }

    /// <summary>Connects and logs in over TLS.</summary>
    internal static async Task<RawClient> LogInAsync(
        IPEndPoint address, string user, SslClientAuthenticationOptions tls, IPAddress? from = null)
    {
        RawClient client = await ConnectAsync(address, from);
        Assert.Equal((PacketError.None, 10), (client.First.Error, client.First.Payload.Span[0]));
        await client.EncryptAsync(tls);
        await client.SendAsync(2, LoginPackets.Response(user).Write());
        await client.AssertOkAsync();
        return client;
    }

    /// <summary>Upgrades to TLS with a certificate from the folder.</summary>
    internal Task EncryptAsync(Folder folder, string certificate) => EncryptAsync(CreateTls(folder, certificate));

    internal async Task EncryptAsync(SslClientAuthenticationOptions tls)
    {
        await SendSslRequestAsync();
        _encrypted = new(Stream);
        await _encrypted.AuthenticateAsClientAsync(tls, TestContext.Current.CancellationToken);
    }

    internal Task SendSslRequestAsync() => SendAsync(1, new HandshakeResponse
    {
        Capabilities = Capabilities.Offered,
        MaxPacket = 1 << 24,
        CharacterSet = 45,
        User = "",
        Authentication = default,
    }.WriteSslRequest());

    /// <summary>Creates options with the CA and a certificate from the folder, or none, which many connections can share.</summary>
    internal static SslClientAuthenticationOptions CreateTls(Folder folder, string? certificate = null)
    {
        X509ChainPolicy policy = new()
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        };
        policy.CustomTrustStore.ImportFromPemFile(folder.Ca);
        return new()
        {
            TargetHost = "localhost",
            ClientCertificateContext = certificate is null ? null : LoadPair(folder, certificate),
            CertificateChainPolicy = policy,
        };
    }

    internal async Task SendAsync(byte sequence, byte[] payload) => await Stream.WriteAsync(
        (byte[])[(byte)payload.Length, (byte)(payload.Length >> 8), (byte)(payload.Length >> 16), sequence, .. payload],
        TestContext.Current.CancellationToken);

    internal ValueTask<Frame> ReadAsync() => Frames.ReadAsync(Stream, Bounds.LoginPacket, TestContext.Current.CancellationToken);

    internal async Task AssertOkAsync()
    {
        Frame answer = await ReadAsync();
        answer.Error.Should().Be(PacketError.None);
        answer.Payload.Span[0].Should().Be(Responses.OkHeader);
    }

    internal async Task AssertErrorAsync(int code, string because = "") =>
        ReadError(await ReadAsync()).Code.Should().Be(code, because);

    internal async Task AssertClosedAsync() => (await ReadAsync()).Error.Should().Be(PacketError.Closed);

    private static SslStreamCertificateContext LoadPair(Folder folder, string name) => SslStreamCertificateContext.Create(
        X509Certificate2.CreateFromPemFile(folder.In($"{name}-cert.pem"), folder.In($"{name}-key.pem")), null, offline: true);

    /// <summary>Reads the number of an error packet and the rest of its text, including the SQLSTATE.</summary>
    internal static (int Code, string Text) ReadError(Frame frame)
    {
        frame.Error.Should().Be(PacketError.None);
        ReadOnlySpan<byte> payload = frame.Payload.Span;
        payload[0].Should().Be(Responses.ErrorHeader);
        return (payload[1] | payload[2] << 8, Encoding.UTF8.GetString(payload[3..]));
    }
}
