using System.Net;
using System.Net.Sockets;
using System.Text;
using MySqlLogin.Protocol;

namespace CertAuth.EndToEnd.Tests.Support;

/// <summary>A client without TLS that sends what it likes.</summary>
internal sealed class RawClient : IDisposable
{
    private readonly TcpClient _socket = new();

    internal Stream Stream => _socket.GetStream();

    public void Dispose() => _socket.Dispose();

    /// <summary>Connects and reads the server's first packet.</summary>
    internal static async Task<(RawClient Client, Frame First)> ConnectAsync(IPEndPoint address)
    {
        RawClient client = new();
        await client._socket.ConnectAsync(address, TestContext.Current.CancellationToken);
        return (client, await client.ReadAsync());
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
