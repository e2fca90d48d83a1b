using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using CertAuth.Transport;
using static CertAuth.Tests.Support.TrustExtensions;

namespace CertAuth.Tests.Transport;

/// <summary>The first bytes that a client sends, and how a rejection explains them.</summary>
public sealed class FirstBytesTests
{
    private static readonly TestCertificateAuthority s_root = TestCertificateAuthority.Create(TestName.Of(("CN", "root")));
    private static readonly TestCertificate s_alice = s_root.IssueClient(TestName.Of(("CN", "alice")));

    public static TheoryData<SslProtocols> Versions => [SslProtocols.Tls12, SslProtocols.Tls13];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    // The attack: .NET throws IndexOutOfRangeException and NotSupportedException for these. The client waits for an answer, so the
    // rejection must not say that it closed the connection.
    [Theory]
    [InlineData(new byte[] { 0x17, 3, 3, 0, 1, 0 })]
    [InlineData(new byte[] { 0x14, 3, 3, 0, 1, 1 })]
    [InlineData(new byte[] { 0x15, 3, 3, 0, 2, 2, 0x28 })]
    [InlineData(new byte[] { 0x16, 3, 1, 0, 4, 2, 0, 0, 0 })]
    [InlineData(new byte[] { 0x16, 3, 1, 0, 4, 1, 0, 0, 0 })]
    [InlineData(new byte[] { 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF })]
    public async Task AcceptAsync_RejectsRecordsWithoutAClientHello(byte[] sent)
    {
        (TcpClient server, TcpClient client) = await Loopback.ConnectAsync();
        using TcpClient serverSocket = server, clientSocket = client;
        await client.GetStream().WriteAsync(sent, Cancellation);

        TlsAcceptResult result = await CreateTls().AcceptAsync(server.GetStream(), server.Client.RemoteEndPoint, Cancellation);

        result.Rejection!.Kind.Should().Be(HandshakeRejectionKind.NotTls);
        result.Rejection.ToString().Should()
            .Be($"The client did not start a TLS handshake: the {sent.Length} bytes that it sent are not a ClientHello.");
    }

    // RFC 8446, 5.1: a message may be fragmented across records.
    [Theory, MemberData(nameof(Versions))]
    public async Task AcceptAsync_AcceptsAClientHelloInTwoRecords(SslProtocols version)
    {
        (TcpClient server, TcpClient client) = await Loopback.ConnectAsync();
        using TcpClient serverSocket = server, clientSocket = client;
        Task<TlsAcceptResult> accepting = CreateTls().AcceptAsync(server.GetStream(), server.Client.RemoteEndPoint, Cancellation);
        await using SslStream stream = new(new FragmentingStream(client.GetStream()));
        await stream.AuthenticateAsClientAsync(Loopback.ClientOptions(version, s_alice), Cancellation);

        TlsAcceptResult result = await accepting;

        result.Rejection.Should().BeNull();
        await result.Stream!.DisposeAsync();
    }

    private static ServerTls CreateTls() => new(new()
    {
        ServerCertificate = Source.Fixed(Loopback.ServerCertificate),
        ClientTrust = Source.Fixed(Bundle(s_root.Certificate)),
    });

    /// <summary>Splits the first record into two.</summary>
    private sealed class FragmentingStream(Stream transport) : WrappedStream(transport)
    {
        private const int Header = 5, First = 40;
        private readonly Stream _transport = transport;
        private bool _isSent;

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_isSent)
            {
                await _transport.WriteAsync(buffer, cancellationToken);
                return;
            }

            _isSent = true;
            int rest = buffer.Length - Header - First;
            byte[] head = buffer[..3].ToArray();
            byte[] records =
            [
                .. head, 0, First, .. buffer.Slice(Header, First).Span,
                .. head, (byte)(rest >> 8), (byte)rest, .. buffer[(Header + First)..].Span,
            ];
            await _transport.WriteAsync(records, cancellationToken);
        }
    }
}
