using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using CertAuth.Transport;
using CertAuth.Trust;

namespace CertAuth.Tests.Transport;

/// <summary><see cref="UpstreamTls.ConnectAsync"/>: the handshake of a proxy with its server in one call, with a result.</summary>
public sealed class UpstreamConnectTests : IAsyncLifetime
{
    private const string Host = "db.test";
    private static readonly TestCertificateAuthority s_ca = TestCertificateAuthority.Create(TestName.Of(("CN", "server CA")));

    private readonly FixedClock _clock = new(new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private TcpClient _server = null!, _client = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => (_server, _client) = await Loopback.ConnectAsync();

    public ValueTask DisposeAsync()
    {
        _server.Dispose();
        _client.Dispose();
        return default;
    }

    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public async Task ConnectAsync_ReturnsAStream(SslProtocols version)
    {
        await using SslStream server = new(_server.GetStream());
        Task serving = server.AuthenticateAsServerAsync(CreateServerOptions(s_ca.IssueServer(Host), version), Cancellation);

        TlsConnectResult result = await ConnectAsync();
        await serving;

        result.Succeeded.Should().BeTrue();
        result.Stream!.SslProtocol.Should().Be(version);
        await result.Stream.WriteAsync(new byte[] { 7 }, Cancellation);
        server.ReadByte().Should().Be(7);
        await result.Stream.DisposeAsync();
    }

    [Fact]
    public async Task ConnectAsync_RejectsAServerOfAnotherName_AndClosesTheConnection()
    {
        await using SslStream server = new(_server.GetStream());
        Task serving = server.AuthenticateAsServerAsync(
            CreateServerOptions(s_ca.IssueServer("other.test"), SslProtocols.Tls13), Cancellation);

        TlsConnectResult result = await ConnectAsync();
        await Record.ExceptionAsync(() => serving);

        result.Succeeded.Should().BeFalse();
        result.Stream.Should().BeNull();
        result.Rejection!.Kind.Should().Be(HandshakeRejectionKind.CertificateRejected);
        result.Rejection.Certificate!.Reason.Should().Be(RejectionReason.ServerNameMismatch);
        result.Rejection.ToString().Should().StartWith("The server certificate was rejected. ");
        _client.Connected.Should().BeFalse();
    }

    [Theory]
    [InlineData("", HandshakeRejectionKind.ConnectionClosed, "The server closed the connection before it sent anything.")]
    [InlineData("HTTP/1.1 400 Bad Request\r\n\r\n", HandshakeRejectionKind.HandshakeFailed, "The handshake failed: ")]
    public async Task ConnectAsync_RejectsAServerWithoutTls(string sent, HandshakeRejectionKind kind, string explanation)
    {
        await _server.GetStream().WriteAsync(Encoding.ASCII.GetBytes(sent), Cancellation);
        _server.Client.Shutdown(SocketShutdown.Send);

        TlsConnectResult result = await ConnectAsync();

        result.Rejection!.Kind.Should().Be(kind);
        result.Rejection.ToString().Should().StartWith(explanation);
    }

    [Fact]
    public async Task ConnectAsync_RejectsAServer_WhenTheHandshakeTimesOut()
    {
        TlsConnectResult result = await _clock.RunAsync(ConnectAsync(), TimeSpan.FromSeconds(60));

        result.Rejection!.Kind.Should().Be(HandshakeRejectionKind.TimedOut);
        result.Rejection.ToString().Should().Be("The handshake did not complete within 10 seconds; the server sent 0 bytes.");
    }

    [Fact]
    public async Task ConnectAsync_Throws_WhenItIsCanceled()
    {
        using CancellationTokenSource canceled = new();
        Task<TlsConnectResult> connecting =
            CreateTls(CreateTrust()).ConnectAsync(_client.GetStream(), ServerName.Parse(Host), canceled.Token);

        await canceled.CancelAsync();

        await FluentActions.Awaiting(() => connecting).Should().ThrowAsync<OperationCanceledException>();
        _client.Connected.Should().BeFalse();
    }

    [Fact]
    public async Task ConnectAsync_Throws_WhenTheBundleHasAnotherPurpose()
    {
        ReplaceableSource<TrustBundle> trust = new(CreateTrust().Current);
        UpstreamTls tls = CreateTls(trust);
        trust.Current = TrustBundle.Parse(s_ca.Der.Span);
        await using SslStream server = new(_server.GetStream());
        Task serving = server.AuthenticateAsServerAsync(CreateServerOptions(s_ca.IssueServer(Host), SslProtocols.Tls13), Cancellation);

        await FluentActions.Awaiting(() => tls.ConnectAsync(_client.GetStream(), ServerName.Parse(Host), Cancellation))
            .Should().ThrowAsync<InvalidOperationException>();
        await Record.ExceptionAsync(() => serving);
    }

    [Fact]
    public void Constructor_ReportsAllProblems() =>
        FluentActions.Invoking(() => new UpstreamTls(new()
        {
            ServerTrust = CreateTrust(),
            HandshakeTimeout = TimeSpan.Zero,
            TimeProvider = null!,
        })).Should().Throw<ArgumentException>().WithMessage(
            "UpstreamTlsOptions: HandshakeTimeout must be from 00:00:01 to 00:01:00, but is 00:00:00. TimeProvider must not be null.");

    private Task<TlsConnectResult> ConnectAsync() =>
        CreateTls(CreateTrust()).ConnectAsync(_client.GetStream(), ServerName.Parse(Host), Cancellation);

    private UpstreamTls CreateTls(ISource<TrustBundle> trust) => new(new() { ServerTrust = trust, TimeProvider = _clock });

    private static ISource<TrustBundle> CreateTrust() =>
        Source.Fixed(TrustBundle.Parse(s_ca.Der.Span, new() { Purpose = CertificatePurpose.ServerAuthentication }));

    private static SslServerAuthenticationOptions CreateServerOptions(TestCertificate certificate, SslProtocols version) => new()
    {
        ServerCertificate = certificate.ToX509Certificate2(),
        EnabledSslProtocols = version,
    };
}
