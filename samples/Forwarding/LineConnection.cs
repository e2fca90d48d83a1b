using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using CertAuth.Testing;

namespace Forwarding;

/// <summary>A connection that exchanges lines of text over TLS. The lines replace a database protocol in this sample.</summary>
/// <remarks>The server sends <c>challenge BASE64</c>. The client answers <c>user NAME</c>, an <c>attribute NAME BASE64</c> for each
/// attribute, and <c>login</c>. The server answers <c>welcome</c> and the rows of the TLS status, or <c>ERROR …</c>, and then <c>end</c>.
/// </remarks>
internal sealed class LineConnection(TcpClient connection, SslStream stream) : IAsyncDisposable
{
    private readonly StreamReader _reader = new(stream, Encoding.UTF8, detectEncodingFromByteOrderMarks: false, leaveOpen: true);

    public async ValueTask DisposeAsync()
    {
        _reader.Dispose();
        await stream.DisposeAsync();
        connection.Dispose();
    }

    /// <summary>Connects over TLS, with or without a client certificate.</summary>
    internal static async Task<LineConnection> OpenAsync(int port, TestCertificateAuthority serverCa, TestCertificate? certificate)
    {
        TcpClient connection = new();
        await connection.ConnectAsync(IPAddress.Loopback, port);
        using X509Certificate2? own = certificate?.ToX509Certificate2();
        using X509Certificate2 root = serverCa.ToX509Certificate2();
        SslStream stream = new(connection.GetStream());
        await stream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = "localhost",
            ClientCertificateContext = own is null ? null : SslStreamCertificateContext.Create(own, null, offline: true),
            CertificateChainPolicy = new()
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                CustomTrustStore = { root },
                RevocationMode = X509RevocationMode.NoCheck,
                DisableCertificateDownloads = true,
            },
        });
        return new(connection, stream);
    }

    internal Task SendAsync(IEnumerable<string> lines) =>
        stream.WriteAsync(Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => $"{line}\n")))).AsTask();

    internal Task SendChallengeAsync(byte[] challenge) => SendAsync([$"challenge {Convert.ToBase64String(challenge)}"]);

    internal async Task<byte[]> ReceiveChallengeAsync() => Convert.FromBase64String((await ReceiveAsync())["challenge ".Length..]);

    /// <summary>Receives the lines before a given line.</summary>
    internal async Task<List<string>> ReceiveUntilAsync(string last)
    {
        List<string> lines = [];
        for (string line = await ReceiveAsync(); line != last; line = await ReceiveAsync())
            lines.Add(line);
        return lines;
    }

    private async Task<string> ReceiveAsync() =>
        await _reader.ReadLineAsync() ?? throw new EndOfStreamException("The peer closed the connection.");
}
