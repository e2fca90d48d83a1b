using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using CertAuth.Trust;

namespace CertAuth.AspNetCore.Tests;

/// <summary>Kestrel with CertAuth: options from <c>TlsHandshakeCallbackOptions.OnConnection</c>, facts from
/// <c>ISslStreamFeature</c>.</summary>
public sealed class KestrelTests
{
    private static readonly TimeSpan s_maxWait = TimeSpan.FromMinutes(5);

    public static TheoryData<SslProtocols> Versions => [SslProtocols.Tls12, SslProtocols.Tls13];

    public static TheoryData<SslProtocols, string> KeptConnections => new()
    {
        { SslProtocols.Tls12, "1.1" }, { SslProtocols.Tls13, "1.1" }, { SslProtocols.Tls12, "2.0" }, { SslProtocols.Tls13, "2.0" },
    };

    [Theory, MemberData(nameof(Versions))]
    public async Task Request_HasNoCertificate_WhenTheClientSendsNone(SslProtocols version)
    {
        await using KestrelServer server = await KestrelServer.StartAsync(CreateTls());

        ServedRequest served = await GetAsync(server, version, certificate: null);

        served.Info.Protocol.Should().Be(version);
        served.Info.ClientCertificateRequested.Should().BeTrue();
        served.Info.ClientCertificate.Should().BeNull();
        served.Info.ClientCertificateRejection.Should().BeNull();
        served.HasKestrelCertificate.Should().BeFalse();
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task Request_HasTheVerifiedCertificate_OfATrustedClient(SslProtocols version)
    {
        await using KestrelServer server = await KestrelServer.StartAsync(CreateTls());

        foreach (TestCertificate certificate in new[] { Clients.Good, Clients.ViaIntermediate })
        {
            ServedRequest served = await GetAsync(server, version, certificate);

            served.Info.Protocol.Should().Be(version);
            served.Info.ClientCertificate!.Certificate!.Der.ToArray().Should().Equal(certificate.Der.ToArray());
            served.Info.ServerCertificateNotAfter.Should().Be(Clients.Server.NotAfter);
            served.HasKestrelCertificate.Should().BeTrue();
        }
    }

    [Fact]
    public async Task AuthenticateAsync_UsesTheConnectionOfTheRequest()
    {
        await using KestrelServer server = await KestrelServer.StartAsync(CreateTls());
        TlsConnectionInfo facts = (await GetAsync(server, SslProtocols.Tls13, Clients.ViaIntermediate)).Info;

        (await LogInAsync("/CN=alice")).Succeeded.Should().BeTrue();
        (await LogInAsync("/CN=bob")).Rejection!.Reason.Should().Be(RejectionReason.SubjectMismatch);

        async Task<AuthenticationResult> LogInAsync(string subject)
        {
            Account account = Account.WithCertificate("alice", $"REQUIRE SUBJECT '{subject}'");
            return await new CertificateAuthenticator().AuthenticateAsync(
                new(account, facts), TestContext.Current.CancellationToken);
        }
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task Handshake_ClosesTheConnection_WhenTheCertificateIsUntrusted(SslProtocols version)
    {
        await using KestrelServer server = await KestrelServer.StartAsync(CreateTls());
        using TcpClient socket = new();
        await socket.ConnectAsync(server.Address.Host, server.Address.Port, TestContext.Current.CancellationToken);
        await using SslStream stream = new(socket.GetStream());

        // In TLS 1.3, the handshake of the client completes before the server receives the certificate; a read then finds the connection
        // closed.
        Exception? failure = await Record.ExceptionAsync(async () =>
        {
            await stream.AuthenticateAsClientAsync(
                Clients.CreateSslOptions(version, Clients.Untrusted), TestContext.Current.CancellationToken);
            await stream.WriteAsync("GET / HTTP/1.1\r\nHost: db\r\n\r\n"u8.ToArray(), TestContext.Current.CancellationToken);
            (await stream.ReadAsync(new byte[1], TestContext.Current.CancellationToken)).Should().Be(0);
        });

        (failure is null or IOException or AuthenticationException).Should().BeTrue(failure?.ToString());
        TakeRejection(server)!.Reason.Should().Be(RejectionReason.UntrustedIssuer);
        server.Served.Should().BeEmpty();
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task Handshake_Fails_WhenARequiredCertificateIsMissing(SslProtocols version)
    {
        ServerTls tls = new(CreateOptions() with { ClientCertificate = ClientCertificatePolicy.Required });
        await using KestrelServer server = await KestrelServer.StartAsync(tls);

        await FluentActions.Awaiting(() => GetAsync(server, version, certificate: null)).Should().ThrowExactlyAsync<HttpRequestException>();

        TakeRejection(server)!.Reason.Should().Be(RejectionReason.CertificateMissing);
        server.Served.Should().BeEmpty();
    }

    // Kestrel's own HttpContext.Connection.ClientCertificate has the unverified certificate; only the facts from CertAuth are verified.
    [Theory, MemberData(nameof(Versions))]
    public async Task Request_HasTheRejection_WhenUnverifiedClientsMayContinue(SslProtocols version)
    {
        ServerTls tls = new(CreateOptions() with { UnverifiedCertificate = UnverifiedCertificatePolicy.Continue });
        await using KestrelServer server = await KestrelServer.StartAsync(tls);

        ServedRequest served = await GetAsync(server, version, Clients.Untrusted);

        served.Info.ClientCertificate.Should().BeNull();
        served.Info.ClientCertificateRejection!.Reason.Should().Be(RejectionReason.UntrustedIssuer);
        served.HasKestrelCertificate.Should().BeTrue();
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task Handshake_UsesANewBundle_AtTheNextConnection(SslProtocols version)
    {
        ReplaceableSource<TrustBundle> trust = new(Clients.Trust(Clients.Root));
        await using KestrelServer server = await KestrelServer.StartAsync(new(CreateOptions() with { ClientTrust = trust }));
        using HttpClient kept = Clients.Create(version, Clients.Good);

        string connection = await kept.GetStringAsync(server.Address, TestContext.Current.CancellationToken);
        trust.Current = Clients.Trust(Clients.Root.Rotate());
        await FluentActions.Awaiting(() => GetAsync(server, version, Clients.Good)).Should().ThrowExactlyAsync<HttpRequestException>();
        TakeRejection(server)!.Reason.Should().Be(RejectionReason.CertificateBadSignature);

        // The established connection remains, with the facts of its handshake.
        (await kept.GetStringAsync(server.Address, TestContext.Current.CancellationToken)).Should().Be(connection);
        server.Served.Should().AllSatisfy(served => served.Info.ClientCertificate.Should().NotBeNull());
        server.Served.Count.Should().Be(2);
        trust.Current = Clients.Trust(Clients.Root);
        (await GetAsync(server, version, Clients.Good)).Info.ClientCertificate.Should().NotBeNull();
    }

    [Theory, MemberData(nameof(KeptConnections))]
    public async Task KeptAliveConnection_KeepsItsFacts(SslProtocols version, string http)
    {
        await using KestrelServer server = await KestrelServer.StartAsync(CreateTls());
        using HttpClient good = Clients.Create(version, Clients.Good, new(http));
        using HttpClient without = Clients.Create(version, certificate: null, new(http));
        HashSet<string> goodConnections = [];
        HashSet<string> otherConnections = [];

        for (int i = 0; i < 3; i++)
        {
            goodConnections.Add(await good.GetStringAsync(server.Address, TestContext.Current.CancellationToken));
            otherConnections.Add(await without.GetStringAsync(server.Address, TestContext.Current.CancellationToken));
        }

        goodConnections.Should().ContainSingle();
        otherConnections.Should().ContainSingle();
        Assert.NotEqual(goodConnections, otherConnections);
        ServedRequest[] served = [.. server.Served];
        served.Select(s => s.Info.ClientCertificate is not null).Should().Equal(true, false, true, false, true, false);
        served.Should().AllSatisfy(s => s.Protocol.Should().StartWith($"HTTP/{http[0]}"));
        served[4].Info.ClientCertificate.Should().BeSameAs(served[0].Info.ClientCertificate);
    }

    // The attack: a client of a removed CA keeps its connection alive to stay accepted.
    [Theory, MemberData(nameof(KeptConnections))]
    public async Task KeptAliveConnection_UsesTheCurrentBundle_WhenRequestsReverifyIt(SslProtocols version, string http)
    {
        TestCertificateAuthority next = Clients.Root.Rotate();
        ReplaceableSource<TrustBundle> trust = new(Clients.Trust(Clients.Root));
        ServerTls tls = new(CreateOptions() with { ClientTrust = trust });
        await using KestrelServer server = await KestrelServer.StartAsync(tls, verifiesAgain: true);
        using HttpClient kept = Clients.Create(version, Clients.ViaIntermediate, new(http));
        HashSet<string> connections = [await kept.GetStringAsync(server.Address, TestContext.Current.CancellationToken)];

        trust.Current = TrustBundle.Parse(Encoding.ASCII.GetBytes(Clients.Root.Pem + next.Pem));
        connections.Add(await kept.GetStringAsync(server.Address, TestContext.Current.CancellationToken));
        connections.Should().ContainSingle("the connection remains while both CAs are trusted");

        trust.Current = Clients.Trust(next);
        await FluentActions.Awaiting(() => kept.GetStringAsync(server.Address, TestContext.Current.CancellationToken))
            .Should().ThrowAsync<HttpRequestException>();
        TakeRejection(server)!.Reason.Should().Be(RejectionReason.CertificateBadSignature);
        server.Served.Should().HaveCount(2);
    }

    /// <summary>Sends one request over a new connection.</summary>
    private static async Task<ServedRequest> GetAsync(KestrelServer server, SslProtocols version, TestCertificate? certificate)
    {
        using HttpClient client = Clients.Create(version, certificate);
        await client.GetStringAsync(server.Address, TestContext.Current.CancellationToken);
        return server.Served.Last();
    }

    private static Rejection? TakeRejection(KestrelServer server)
    {
        server.Rejected.TryTake(out Rejection? rejection, s_maxWait).Should().BeTrue("a connection has ended");
        return rejection;
    }

    private static ServerTls CreateTls() => new(CreateOptions());

    private static ServerTlsOptions CreateOptions() => new()
    {
        ServerCertificate = Source.Fixed(Clients.Server),
        ClientTrust = Source.Fixed(Clients.Trust(Clients.Root)),
    };

    private sealed class ReplaceableSource<T>(T first) : ISource<T>
        where T : class
    {
        public T Current { get; set; } = first;
    }
}
