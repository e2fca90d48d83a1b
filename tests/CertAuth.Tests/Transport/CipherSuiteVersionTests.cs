using System.Net.Security;
using System.Net.Sockets;
using System.Runtime.Versioning;
using System.Security.Authentication;
using System.Text;
using CertAuth.Testing;
using CertAuth.Tests.Support;
using CertAuth.Tests.Testing;
using CertAuth.Tls;
using CertAuth.Transport;
using CertAuth.Trust;
using FluentAssertions;

namespace CertAuth.Tests.Transport;

/// <summary>The fault: with suites of one TLS version, both versions were offered, and .NET rejected every handshake.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class CipherSuiteVersionTests
{
    private const string Host = "db.test";
    private const string NoSuite = "*CipherSuites has no suite that this platform supports with a TLS version that MinimumVersion allows.";
    private const SslProtocols Both = SslProtocols.Tls12 | SslProtocols.Tls13;

    private static readonly TestCertificateAuthority s_ca = TestCertificateAuthority.Create(TestName.Of(("CN", "CA")));
    private static readonly TestCertificate[] s_servers = [Issue(TestKeyType.P256), Issue(TestKeyType.Rsa2048)];
    private static readonly ISource<ServerCertificate>[] s_certificates = [.. s_servers.Select(Load)];

    public CipherSuiteVersionTests() => Assert.SkipWhen(OperatingSystem.IsWindows(), "Suites can't be chosen on Windows.");

    public static TheoryData<TlsCipherSuite> Supported =>
        OperatingSystem.IsWindows() ? [] : [.. new CipherSuitesPolicy(Enum.GetValues<TlsCipherSuite>()).AllowedCipherSuites];

    public static TheoryData<TlsCipherSuite> WithFiniteFieldKeyExchange => [.. Supported.Select(row => row.Data).Where(IsFiniteField)];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(Supported))]
    public async Task Server_SpeaksItsOnlySuite_OrIsNotBuilt(TlsCipherSuite suite)
    {
        if (await FindServerAsync(suite) is not { } server)
        {
            FluentActions.Invoking(() => Server(s_certificates[0], suite)).Should().Throw<ArgumentException>().WithMessage(NoSuite);
            return;
        }

        (TcpClient serverEnd, TcpClient clientEnd) = await Loopback.ConnectAsync();
        using TcpClient serverSocket = serverEnd, clientSocket = clientEnd;
        Task<TlsAcceptResult> accepting =
            Server(server, suite).AcceptAsync(serverEnd.GetStream(), serverEnd.Client.RemoteEndPoint, Cancellation);
        await using SslStream client = new(clientEnd.GetStream());
        await client.AuthenticateAsClientAsync(ClientOptions(Both, new CipherSuitesPolicy(Enum.GetValues<TlsCipherSuite>())), Cancellation);

        TlsAcceptResult result = await accepting;

        result.Rejection.Should().BeNull();
        result.Connection!.CipherSuite.Should().Be(suite);
        result.Connection.Protocol.Should().Be(VersionOf(suite));
        await result.Stream!.DisposeAsync();
    }

    [Theory, MemberData(nameof(Supported))]
    public async Task Client_SpeaksItsOnlySuite_OrIsNotBuilt(TlsCipherSuite suite)
    {
        if (await FindServerAsync(suite) is not { } certificate)
        {
            // .NET's servers have no parameters for DHE; openssl's do, in the next test.
            if (!IsFiniteField(suite))
                FluentActions.Invoking(() => Client(suite)).Should().Throw<ArgumentException>().WithMessage(NoSuite);
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

        TlsConnectResult result = await Client(suite).ConnectAsync(clientEnd.GetStream(), ServerName.Parse(Host), Cancellation);
        await serving;

        result.Rejection.Should().BeNull();
        result.Stream!.NegotiatedCipherSuite.Should().Be(suite);
        result.Stream.SslProtocol.Should().Be(VersionOf(suite));
        await result.Stream.DisposeAsync();
    }

    [Theory, MemberData(nameof(WithFiniteFieldKeyExchange))]
    public async Task Client_SpeaksItsOnlySuite_WithAServerThatHasParametersForIt(TlsCipherSuite suite)
    {
        using OpenSsl openSsl = new();

        TlsConnectResult result = await OpenSslPeers.ConnectAsync(
            openSsl,
            socket => Client(suite).ConnectAsync(new NetworkStream(socket), ServerName.Parse(Host), Cancellation),
            s_servers[1],
            "-tls1_2",
            "-cipher",
            CipherSuites.GetOpenSslName(suite));

        result.Rejection.Should().BeNull();
        result.Stream!.NegotiatedCipherSuite.Should().Be(suite);
        await result.Stream.DisposeAsync();
    }

    [Fact]
    public void Options_AreRejected_WhenNoVersionIsLeft()
    {
        TlsCipherSuite suite = TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256;

        FluentActions.Invoking(() => new ServerTls(
                ServerOptions(s_certificates[0], suite) with { MinimumVersion = MinimumTlsVersion.Tls13 }))
            .Should().Throw<ArgumentException>().WithMessage(NoSuite);
        FluentActions.Invoking(() => new UpstreamTls(ClientOptions(suite) with { MinimumVersion = MinimumTlsVersion.Tls13 }))
            .Should().Throw<ArgumentException>().WithMessage(NoSuite);
    }

    [Fact]
    public void CreateOptions_OfferOnlyVersionsWithASuite()
    {
        TlsCipherSuite old = TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, current = TlsCipherSuite.TLS_AES_128_GCM_SHA256;

        Versions(old).Should().Be(SslProtocols.Tls12);
        Versions(current).Should().Be(SslProtocols.Tls13);
        Versions(old, current).Should().Be(Both);
        Versions().Should().Be(Both);

        static SslProtocols Versions(params TlsCipherSuite[] suites)
        {
            SslProtocols versions = Server(s_certificates[0], suites).CreateServerOptions().EnabledSslProtocols;
            Client(suites).CreateClientOptions(ServerName.Parse(Host)).EnabledSslProtocols.Should().Be(versions);
            return versions;
        }
    }

    /// <summary>The certificate with which .NET's own two ends, told the one version, speak the suite; null for none.</summary>
    private static async Task<ISource<ServerCertificate>?> FindServerAsync(TlsCipherSuite suite)
    {
        foreach (ISource<ServerCertificate> certificate in s_certificates)
        {
            (TcpClient serverEnd, TcpClient clientEnd) = await Loopback.ConnectAsync();
            using TcpClient serverSocket = serverEnd, clientSocket = clientEnd;
            await using SslStream server = new(serverEnd.GetStream());
            await using SslStream client = new(clientEnd.GetStream());
            Task<bool> serving = SucceedsAsync(
                () => server.AuthenticateAsServerAsync(
                    new SslServerAuthenticationOptions
                    {
                        ServerCertificateContext = certificate.Current.Context,
                        EnabledSslProtocols = VersionOf(suite),
                        CipherSuitesPolicy = new([suite]),
                    },
                    Cancellation),
                serverEnd);
            Task<bool> connecting = SucceedsAsync(
                () => client.AuthenticateAsClientAsync(ClientOptions(VersionOf(suite), new([suite])), Cancellation), clientEnd);
            if (await serving & await connecting)
                return certificate;
        }

        return null;
    }

    private static async Task<bool> SucceedsAsync(Func<Task> authenticate, TcpClient end)
    {
        if (await Record.ExceptionAsync(authenticate) is null)
            return true;
        end.Close();
        return false;
    }

    // SEED is in OpenSSL's legacy provider.
    private static bool IsFiniteField(TlsCipherSuite suite) =>
        $"{suite}".StartsWith("TLS_DHE_RSA_WITH_", StringComparison.Ordinal) && suite != TlsCipherSuite.TLS_DHE_RSA_WITH_SEED_CBC_SHA;

    private static SslProtocols VersionOf(TlsCipherSuite suite) => NamesKeyExchange(suite) ? SslProtocols.Tls12 : SslProtocols.Tls13;

    // A suite of TLS 1.3 names none.
    private static bool NamesKeyExchange(TlsCipherSuite suite) => $"{suite}".Contains("_WITH_", StringComparison.Ordinal);

    private static ServerTls Server(ISource<ServerCertificate> certificate, params TlsCipherSuite[] suites) =>
        new(ServerOptions(certificate, suites));

    private static ServerTlsOptions ServerOptions(
        ISource<ServerCertificate> certificate, params TlsCipherSuite[] suites) => new()
        {
            ServerCertificate = certificate,
            ClientCertificate = ClientCertificatePolicy.None,
            CipherSuites = [.. suites],
        };

    private static UpstreamTls Client(params TlsCipherSuite[] suites) => new(ClientOptions(suites));

    private static UpstreamTlsOptions ClientOptions(params TlsCipherSuite[] suites) => new()
    {
        ServerTrust = Source.Fixed(
            TrustBundle.Parse(s_ca.Der.Span, new() { Purpose = CertificatePurpose.ServerAuthentication })),
        CipherSuites = [.. suites],
    };

    private static SslClientAuthenticationOptions ClientOptions(SslProtocols versions, CipherSuitesPolicy suites) => new()
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

    private static ISource<ServerCertificate> Load(TestCertificate certificate)
    {
        byte[] pem = Encoding.ASCII.GetBytes(certificate.Pem), key = Encoding.ASCII.GetBytes(certificate.PrivateKeyPem);
        ServerCertificate.TryParse(pem, key, out ServerCertificate? loaded, out _).Should().BeTrue();
        return Source.Fixed(loaded!);
    }
}
