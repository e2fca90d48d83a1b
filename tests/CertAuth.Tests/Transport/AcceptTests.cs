using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using CertAuth.Transport;
using CertAuth.Trust;
using static CertAuth.Tests.Support.TrustExtensions;

namespace CertAuth.Tests.Transport;

/// <summary><see cref="ServerTls.AcceptAsync"/>: the handshake of a server in one call, with a result.</summary>
public sealed class AcceptTests
{
    private static readonly TestName s_name = TestName.Of(("CN", "alice"));
    private static readonly TestCertificateAuthority s_root = TestCertificateAuthority.Create(TestName.Of(("CN", "root")));
    private static readonly TestCertificate s_alice = s_root.IssueClient(s_name);
    private static readonly TestCertificate s_stranger =
        TestCertificateAuthority.Create(TestName.Of(("CN", "stranger"))).IssueClient(s_name);

    private readonly FixedClock _clock = new(new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    public static TheoryData<SslProtocols> Versions => [SslProtocols.Tls12, SslProtocols.Tls13];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(Versions))]
    public async Task AcceptAsync_ReturnsTheStreamAndTheFacts(SslProtocols version)
    {
        ServerTls tls = new(CreateOptions());
        await using Pair pair = await Pair.ConnectAsync();
        Task<TlsAcceptResult> accepting = pair.AcceptAsync(tls);
        await using SslStream client = new(pair.Client.GetStream());
        await client.AuthenticateAsClientAsync(Loopback.ClientOptions(version, s_alice), Cancellation);

        TlsAcceptResult result = await accepting;

        result.Succeeded.Should().BeTrue();
        result.Rejection.Should().BeNull();
        result.Connection!.Protocol.Should().Be(version);
        result.Connection.ClientCertificate!.Certificate!.Der.ToArray().Should().Equal(s_alice.Der.ToArray());
        tls.Handshakes.AddressCount.Should().Be(0);
        await result.Stream!.WriteAsync(new byte[] { 7 }, Cancellation);
        client.ReadByte().Should().Be(7);
        client.WriteByte(8);
        result.Stream.ReadByte().Should().Be(8);
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task AcceptAsync_RejectsAnUntrustedCertificate_AndClosesTheConnection(SslProtocols version)
    {
        await using Pair pair = await Pair.ConnectAsync();

        HandshakeRejection rejection = await RejectAsync(pair, new(CreateOptions()), version, s_stranger);

        rejection.Kind.Should().Be(HandshakeRejectionKind.CertificateRejected);
        rejection.Certificate!.Reason.Should().Be(RejectionReason.UntrustedIssuer);
        rejection.Exception.Should().BeOfType<AuthenticationException>();
        rejection.ToString().Should().Be($"The client certificate was rejected. {rejection.Certificate}");
        pair.Server.Connected.Should().BeFalse();
    }

    [Fact]
    public async Task AcceptAsync_RejectsAMissingCertificate_WhenOneIsRequired()
    {
        await using Pair pair = await Pair.ConnectAsync();
        ServerTls tls = new(CreateOptions() with { ClientCertificate = ClientCertificatePolicy.Required });

        HandshakeRejection rejection = await RejectAsync(pair, tls, SslProtocols.Tls12, certificate: null);

        rejection.Kind.Should().Be(HandshakeRejectionKind.CertificateRejected);
        rejection.Certificate!.Reason.Should().Be(RejectionReason.CertificateMissing);
    }

    [Fact]
    public async Task AcceptAsync_ReturnsTheRejection_WhenUnverifiedClientsMayContinue()
    {
        ServerTls tls = new(CreateOptions() with { UnverifiedCertificate = UnverifiedCertificatePolicy.Continue });
        await using Pair pair = await Pair.ConnectAsync();
        Task<TlsAcceptResult> accepting = pair.AcceptAsync(tls);
        await using SslStream client = new(pair.Client.GetStream());
        await client.AuthenticateAsClientAsync(Loopback.ClientOptions(SslProtocols.Tls13, s_stranger), Cancellation);

        TlsAcceptResult result = await accepting;

        result.Connection!.ClientCertificate.Should().BeNull();
        result.Connection.ClientCertificateRejection!.Reason.Should().Be(RejectionReason.UntrustedIssuer);
        await result.Stream!.DisposeAsync();
    }

    [Fact]
    public async Task AcceptAsync_RejectsDataThatIsNotTls()
    {
        await using Pair pair = await Pair.ConnectAsync();
        byte[] request = "GET / HTTP/1.1\r\nHost: db.test\r\n\r\n"u8.ToArray();
        await pair.Client.GetStream().WriteAsync(request, Cancellation);

        TlsAcceptResult result = await pair.AcceptAsync(new(CreateOptions()));

        result.Rejection!.Kind.Should().Be(HandshakeRejectionKind.NotTls);
        result.Rejection.ToString().Should()
            .Be($"The client did not start a TLS handshake: the {request.Length} bytes that it sent are not a ClientHello.");
    }

    [Theory]
    [InlineData(new byte[0], "The client closed the connection before it sent anything.")]
    [InlineData(
        new byte[] { 0x16, 3, 1 },
        "The client closed the connection during the handshake. It may not trust this side's certificate.")]
    public async Task AcceptAsync_RejectsAClientThatClosesTheConnection(byte[] sent, string explanation)
    {
        await using Pair pair = await Pair.ConnectAsync();
        await pair.Client.GetStream().WriteAsync(sent, Cancellation);
        pair.Client.Close();

        TlsAcceptResult result = await pair.AcceptAsync(new(CreateOptions()));

        result.Rejection!.Kind.Should().Be(HandshakeRejectionKind.ConnectionClosed);
        result.Rejection.ToString().Should().Be(explanation);
    }

    [Fact]
    public async Task AcceptAsync_RejectsAClient_WithoutACommonVersion()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Suites cannot be chosen on Windows.");
        await using Pair pair = await Pair.ConnectAsync();
        ServerTls tls = new(CreateOptions() with { CipherSuites = [TlsCipherSuite.TLS_AES_128_GCM_SHA256] });

        HandshakeRejection rejection = await RejectAsync(pair, tls, SslProtocols.Tls12, s_alice);

        rejection.Kind.Should().Be(HandshakeRejectionKind.HandshakeFailed);
        rejection.Certificate.Should().BeNull();
        rejection.ToString().Should().Be("The client offers at most TLS 1.2; the minimum is 1.3.");
    }

    // Without the timeout, a client that sends nothing would keep its connection forever.
    [Theory]
    [InlineData(new byte[0], 0)]
    [InlineData(new byte[] { 0x16, 3, 1, 2 }, 4)]
    public async Task AcceptAsync_RejectsAClient_WhenTheHandshakeTimesOut(byte[] sent, int bytes)
    {
        await using Pair pair = await Pair.ConnectAsync();
        ServerTls tls = new(CreateOptions() with { HandshakeTimeout = TimeSpan.FromSeconds(3) });
        await pair.Client.GetStream().WriteAsync(sent, Cancellation);

        CountingStream transport = new(pair.Server.GetStream());
        Task<TlsAcceptResult> accepting = tls.AcceptAsync(transport, pair.Server.Client.RemoteEndPoint, Cancellation);

        // The bytes of a read are counted before the next read begins.
        await Eventually.HoldsAsync(() => transport.Count >= (bytes == 0 ? 1 : 200));
        TlsAcceptResult result = await _clock.RunAsync(accepting, TimeSpan.FromSeconds(60));

        result.Rejection!.Kind.Should().Be(HandshakeRejectionKind.TimedOut);
        result.Rejection.ToString().Should().Be($"The handshake did not complete within 3 seconds; the client sent {bytes} bytes.");
        tls.Handshakes.AddressCount.Should().Be(0);
        pair.Server.Connected.Should().BeFalse();
    }

    [Fact]
    public async Task AcceptAsync_Throws_WhenItIsCanceled()
    {
        await using Pair pair = await Pair.ConnectAsync();
        ServerTls tls = new(CreateOptions());
        using CancellationTokenSource canceled = new();
        Task<TlsAcceptResult> accepting = tls.AcceptAsync(pair.Server.GetStream(), pair.Server.Client.RemoteEndPoint, canceled.Token);

        await canceled.CancelAsync();

        await FluentActions.Awaiting(() => accepting).Should().ThrowAsync<OperationCanceledException>();
        pair.Server.Connected.Should().BeFalse();
        tls.Handshakes.AddressCount.Should().Be(0);
    }

    // No peer can cause this error, so it must not appear as a rejection.
    [Theory, MemberData(nameof(Versions))]
    public async Task AcceptAsync_Throws_WhenTheBundleHasAnotherPurpose(SslProtocols version)
    {
        ReplaceableSource<TrustBundle> trust = new(Bundle(s_root.Certificate));
        ServerTls tls = new(CreateOptions() with { ClientTrust = trust });
        trust.Current = TrustBundle.Parse(s_root.Der.Span, new() { Purpose = CertificatePurpose.ServerAuthentication });
        await using Pair pair = await Pair.ConnectAsync();
        Task<TlsAcceptResult> accepting = pair.AcceptAsync(tls);
        await using SslStream client = new(pair.Client.GetStream());
        Task connecting = client.AuthenticateAsClientAsync(Loopback.ClientOptions(version, s_alice), Cancellation);

        await FluentActions.Awaiting(() => accepting).Should().ThrowAsync<InvalidOperationException>();
        await Record.ExceptionAsync(() => connecting);
        tls.Handshakes.AddressCount.Should().Be(0);
    }

    [Fact]
    public void Constructor_ReportsAllProblems()
    {
        FluentActions.Invoking(() => new ServerTls(CreateOptions() with
        {
            MaxHandshakesPerAddress = 1001,
            HandshakeTimeout = TimeSpan.FromMinutes(2),
            TimeProvider = null!,
        })).Should().Throw<ArgumentException>().WithMessage(
            "ServerTlsOptions: MaxHandshakesPerAddress must be from 1 to 1000, but is 1001. "
            + "HandshakeTimeout must be from 00:00:01 to 00:01:00, but is 00:02:00. TimeProvider must not be null.");
        FluentActions.Invoking(() => new ServerTls(CreateOptions() with { MaxHandshakesPerAddress = 0 }))
            .Should().Throw<ArgumentException>();
    }

    private ServerTlsOptions CreateOptions() => new()
    {
        ServerCertificate = Source.Fixed(Loopback.ServerCertificate),
        ClientTrust = Source.Fixed(Bundle(s_root.Certificate)),
        TimeProvider = _clock,
    };

    private static async Task<HandshakeRejection> RejectAsync(
        Pair pair, ServerTls tls, SslProtocols version, TestCertificate? certificate)
    {
        Task<TlsAcceptResult> accepting = pair.AcceptAsync(tls);
        await using SslStream client = new(pair.Client.GetStream());
        Task connecting = client.AuthenticateAsClientAsync(Loopback.ClientOptions(version, certificate), Cancellation);
        TlsAcceptResult result = await accepting;
        await Record.ExceptionAsync(() => connecting);
        result.Succeeded.Should().BeFalse();
        result.Stream.Should().BeNull();
        return result.Rejection!;
    }

    private sealed class CountingStream(Stream transport) : WrappedStream(transport)
    {
        private int _count;

        internal int Count => Volatile.Read(ref _count);

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            // SslStream also reads into an empty buffer before each frame.
            Interlocked.Add(ref _count, buffer.IsEmpty ? 1 : 100);
            return base.ReadAsync(buffer, cancellationToken);
        }
    }

    private sealed class Pair(TcpClient server, TcpClient client) : IAsyncDisposable
    {
        internal TcpClient Server => server;

        internal TcpClient Client => client;

        internal static async Task<Pair> ConnectAsync()
        {
            (TcpClient server, TcpClient client) = await Loopback.ConnectAsync();
            return new(server, client);
        }

        internal Task<TlsAcceptResult> AcceptAsync(ServerTls tls) =>
            tls.AcceptAsync(server.GetStream(), server.Client.RemoteEndPoint, Cancellation);

        public ValueTask DisposeAsync()
        {
            server.Dispose();
            client.Dispose();
            return default;
        }
    }
}
