using System.Net.Security;
using System.Net.Sockets;
using System.Runtime.Versioning;
using System.Security.Authentication;
using System.Text;
using CertAuth.Tls;
using CertAuth.Transport;
using CertAuth.Trust;

namespace CertAuth.Tests.Transport;

/// <summary>A defect of an earlier version: with cipher suites of only one TLS version, both versions were offered, and .NET rejected every
/// handshake.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class CipherSuiteVersionTests
{
    private const string Host = "db.test";
    private const string NoSuite = "*CipherSuites has no suite that this platform supports with a TLS version that MinimumVersion allows.";
    private const SslProtocols Both = SslProtocols.Tls12 | SslProtocols.Tls13;

    private static readonly TestCertificateAuthority s_ca = TestCertificateAuthority.Create(TestName.Of(("CN", "CA")));
    private static readonly TestCertificate[] s_servers = [Issue(TestKeyType.P256), Issue(TestKeyType.Rsa2048)];
    private static readonly ISource<ServerCertificate>[] s_certificates = [.. s_servers.Select(LoadSource)];

    public CipherSuiteVersionTests() => Assert.SkipWhen(OperatingSystem.IsWindows(), "Suites cannot be chosen on Windows.");

    public static TheoryData<TlsCipherSuite> Supported =>
        OperatingSystem.IsWindows() ? [] : [.. new CipherSuitesPolicy(Enum.GetValues<TlsCipherSuite>()).AllowedCipherSuites];

    public static TheoryData<TlsCipherSuite> WithFiniteFieldKeyExchange => [.. Supported.Select(row => row.Data).Where(IsFiniteField)];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(Supported))]
    public async Task Server_UsesItsOnlySuite_OrRejectsTheOptions(TlsCipherSuite suite)
    {
        if (await FindServerAsync(suite) is not { } server)
        {
            FluentActions.Invoking(() => CreateServer(s_certificates[0], suite)).Should().Throw<ArgumentException>().WithMessage(NoSuite);
            return;
        }

        (TcpClient serverEnd, TcpClient clientEnd) = await Loopback.ConnectAsync();
        using TcpClient serverSocket = serverEnd, clientSocket = clientEnd;
        Task<TlsAcceptResult> accepting =
            CreateServer(server, suite).AcceptAsync(serverEnd.GetStream(), serverEnd.Client.RemoteEndPoint, Cancellation);
        await using SslStream client = new(clientEnd.GetStream());
        CipherSuitesPolicy all = new(Enum.GetValues<TlsCipherSuite>());
        await client.AuthenticateAsClientAsync(CreateClientOptions(Both, all), Cancellation);

        TlsAcceptResult result = await accepting;

        result.Rejection.Should().BeNull();
        result.Connection!.CipherSuite.Should().Be(suite);
        result.Connection.Protocol.Should().Be(GetVersion(suite));
        await result.Stream!.DisposeAsync();
    }

    [Theory, MemberData(nameof(Supported))]
    public async Task Client_UsesItsOnlySuite_OrRejectsTheOptions(TlsCipherSuite suite)
    {
        if (await FindServerAsync(suite) is not { } certificate)
        {
            // .NET servers have no parameters for DHE; the next test uses an OpenSSL server.
            if (!IsFiniteField(suite))
                FluentActions.Invoking(() => CreateClient(suite)).Should().Throw<ArgumentException>().WithMessage(NoSuite);
            return;
        }

        (TcpClient serverEnd, TcpClient clientEnd) = await Loopback.ConnectAsync();
        using TcpClient serverSocket = serverEnd, clientSocket = clientEnd;
        await using SslStream server = new(serverEnd.GetStream());
        Task serving = server.AuthenticateAsServerAsync(
            new SslServerAuthenticationOptions
            {
                ServerCertificateContext = certificate.Current.Context,
                EnabledSslProtocols = Both,
                CipherSuitesPolicy = new(Enum.GetValues<TlsCipherSuite>()),
            },
            Cancellation);

        TlsConnectResult result = await CreateClient(suite).ConnectAsync(clientEnd.GetStream(), ServerName.Parse(Host), Cancellation);
        await serving;

        result.Rejection.Should().BeNull();
        result.Stream!.NegotiatedCipherSuite.Should().Be(suite);
        result.Stream.SslProtocol.Should().Be(GetVersion(suite));
        await result.Stream.DisposeAsync();
    }

    [Theory, MemberData(nameof(WithFiniteFieldKeyExchange))]
    public async Task Client_UsesItsOnlySuite_WhenTheServerHasParametersForIt(TlsCipherSuite suite)
    {
        using OpenSsl openSsl = new();

        TlsConnectResult result = await OpenSslPeers.ConnectAsync(
            openSsl,
            socket => CreateClient(suite).ConnectAsync(new NetworkStream(socket), ServerName.Parse(Host), Cancellation),
            s_servers[1],
            "-tls1_2",
            "-cipher",
            CipherSuites.GetOpenSslName(suite));

        result.Rejection.Should().BeNull();
        result.Stream!.NegotiatedCipherSuite.Should().Be(suite);
        await result.Stream.DisposeAsync();
    }

    [Fact]
    public void Constructor_RejectsTheOptions_WhenNoVersionHasASuite()
    {
        TlsCipherSuite suite = TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256;

        FluentActions.Invoking(() => new ServerTls(
                CreateServerOptions(s_certificates[0], suite) with { MinimumVersion = MinimumTlsVersion.Tls13 }))
            .Should().Throw<ArgumentException>().WithMessage(NoSuite);
        FluentActions.Invoking(() => new UpstreamTls(CreateClientOptions(suite) with { MinimumVersion = MinimumTlsVersion.Tls13 }))
            .Should().Throw<ArgumentException>().WithMessage(NoSuite);
    }

    [Fact]
    public void CreateOptions_OfferOnlyVersionsWithASuite()
    {
        TlsCipherSuite old = TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, current = TlsCipherSuite.TLS_AES_128_GCM_SHA256;

        GetVersions(old).Should().Be(SslProtocols.Tls12);
        GetVersions(current).Should().Be(SslProtocols.Tls13);
        GetVersions(old, current).Should().Be(Both);
        GetVersions().Should().Be(Both);

        static SslProtocols GetVersions(params TlsCipherSuite[] suites)
        {
            SslProtocols versions = CreateServer(s_certificates[0], suites).CreateServerOptions().EnabledSslProtocols;
            CreateClient(suites).CreateClientOptions(ServerName.Parse(Host)).EnabledSslProtocols.Should().Be(versions);
            return versions;
        }
    }

    /// <summary>Returns the certificate with which two .NET streams negotiate the suite when only its version is enabled; null if there is
    /// none.</summary>
    private static async Task<ISource<ServerCertificate>?> FindServerAsync(TlsCipherSuite suite)
    {
        foreach (ISource<ServerCertificate> certificate in s_certificates)
        {
            SslServerAuthenticationOptions server = new()
            {
                ServerCertificateContext = certificate.Current.Context,
                EnabledSslProtocols = GetVersion(suite),
                CipherSuitesPolicy = new([suite]),
            };
            await using TestTlsLoopback streams = await TestTlsLoopback.ConnectAsync(
                server, new() { Options = CreateClientOptions(GetVersion(suite), new([suite])) }, Cancellation);
            if (streams.Succeeded && streams.ClientException is null)
                return certificate;
        }

        return null;
    }

    // OpenSSL has SEED only in its legacy provider.
    private static bool IsFiniteField(TlsCipherSuite suite) =>
        $"{suite}".StartsWith("TLS_DHE_RSA_WITH_", StringComparison.Ordinal) && suite != TlsCipherSuite.TLS_DHE_RSA_WITH_SEED_CBC_SHA;

    private static SslProtocols GetVersion(TlsCipherSuite suite) => HasKeyExchange(suite) ? SslProtocols.Tls12 : SslProtocols.Tls13;

    // The name of a suite of TLS 1.3 has no key exchange.
    private static bool HasKeyExchange(TlsCipherSuite suite) => $"{suite}".Contains("_WITH_", StringComparison.Ordinal);

    private static ServerTls CreateServer(ISource<ServerCertificate> certificate, params TlsCipherSuite[] suites) =>
        new(CreateServerOptions(certificate, suites));

    private static ServerTlsOptions CreateServerOptions(
        ISource<ServerCertificate> certificate, params TlsCipherSuite[] suites) => new()
        {
            ServerCertificate = certificate,
            ClientCertificate = ClientCertificatePolicy.None,
            CipherSuites = [.. suites],
        };

    private static UpstreamTls CreateClient(params TlsCipherSuite[] suites) => new(CreateClientOptions(suites));

    private static UpstreamTlsOptions CreateClientOptions(params TlsCipherSuite[] suites) => new()
    {
        ServerTrust = Source.Fixed(
            TrustBundle.Parse(s_ca.Der.Span, new() { Purpose = CertificatePurpose.ServerAuthentication })),
        CipherSuites = [.. suites],
    };

    private static SslClientAuthenticationOptions CreateClientOptions(SslProtocols versions, CipherSuitesPolicy suites) => new()
    {
        TargetHost = Host,
        EnabledSslProtocols = versions,
        CipherSuitesPolicy = suites,
        RemoteCertificateValidationCallback = (_, server, _, _) => server is not null,
    };

    private static TestCertificate Issue(TestKeyType key) => s_ca.Issue(new()
    {
        Subject = TestName.Of(("CN", Host)),
        Sans = [TestSan.Dns(Host)],
        ExtendedKeyUsages = [TestCertificateRequest.ServerAuth],
        KeyUsage = null,
        KeyType = key,
    });

    private static ISource<ServerCertificate> LoadSource(TestCertificate certificate) => Source.Fixed(ServerCertificate.Parse(
        Encoding.ASCII.GetBytes(certificate.Pem), Encoding.ASCII.GetBytes(certificate.PrivateKeyPem)));
}
