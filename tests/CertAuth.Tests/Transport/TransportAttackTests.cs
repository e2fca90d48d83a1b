using System.Net.Security;
using System.Runtime.Versioning;
using System.Security.Authentication;
using CertAuth.Trust;
using static CertAuth.Tests.Support.TrustExtensions;

namespace CertAuth.Tests.Transport;

/// <summary>Attacks on the handshake: a certificate that was not requested never becomes a fact of a connection.</summary>
public sealed class TransportAttackTests
{
    private static readonly TestCertificateAuthority s_root = TestCertificateAuthority.Create(TestName.Of(("CN", "root")));
    private static readonly TestCertificate s_alice = s_root.IssueClient(TestName.Of(("CN", "alice")));
    private static readonly ISource<TrustBundle> s_trust = Source.Fixed(Bundle(s_root.Certificate));

    public static TheoryData<SslProtocols, bool> VersionsAndTrust => new()
    {
        { SslProtocols.Tls12, false }, { SslProtocols.Tls12, true }, { SslProtocols.Tls13, false }, { SslProtocols.Tls13, true },
    };

    public static TheoryData<SslProtocols> Versions => [SslProtocols.Tls12, SslProtocols.Tls13];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    // The attack: the application requests a certificate by renegotiation on a connection that must have none; AllowRenegotiation stops
    // only clients. In an earlier version, this caused a NullReferenceException without a bundle, and with a bundle a certificate in the
    // facts. Now the request fails, and the stream is no longer authenticated.
    [Theory, MemberData(nameof(VersionsAndTrust))]
    public async Task GetConnectionInfo_IgnoresAnUnrequestedCertificate(SslProtocols version, bool hasTrust)
    {
        if (!OperatingSystem.IsLinux() && !OperatingSystem.IsWindows())
        {
            Assert.Skip("Certificates are negotiated on Linux and Windows.");
            return;
        }

        ServerTls tls = CreateTls(ClientCertificatePolicy.None, hasTrust ? s_trust : null);
        SslClientAuthenticationOptions clientOptions = Loopback.ClientOptions(version, s_alice);
        clientOptions.AllowRenegotiation = true;
        await using TestTlsLoopback streams = await ConnectAsync(tls, clientOptions);
        tls.GetConnectionInfo(streams.Server).ClientCertificate.Should().BeNull();

        Task<Exception?> reading =
            Record.ExceptionAsync(() => streams.Client.ReadExactlyAsync(new byte[1], Cancellation).AsTask()).AsTask();
        Exception? failure = await NegotiateAsync(streams.Server);

        failure.Should().BeOfType<AuthenticationException>();
        streams.Server.IsAuthenticated.Should().BeFalse();
        FluentActions.Invoking(() => tls.GetConnectionInfo(streams.Server)).Should().ThrowExactly<InvalidOperationException>();
        tls.GetRejection(streams.Server).Should().BeNull();
        await streams.Server.DisposeAsync();
        await reading;
    }

    // The attack: an application with two listeners confuses their ServerTls instances, so that the wrong policy applies to the facts.
    [Theory]
    [InlineData(ClientCertificatePolicy.Requested, ClientCertificatePolicy.None)]
    [InlineData(ClientCertificatePolicy.None, ClientCertificatePolicy.Requested)]
    [InlineData(ClientCertificatePolicy.None, ClientCertificatePolicy.None)]
    public async Task GetConnectionInfo_Throws_ForAStreamOfAnotherInstance(ClientCertificatePolicy own, ClientCertificatePolicy other)
    {
        ServerTls tls = CreateTls(own, s_trust);
        ServerTls another = CreateTls(other, s_trust);

        await using TestTlsLoopback streams = await ConnectAsync(tls, Loopback.ClientOptions(SslProtocols.Tls13, s_alice));

        FluentActions.Invoking(() => another.GetConnectionInfo(streams.Server)).Should().ThrowExactly<InvalidOperationException>();
        another.GetRejection(streams.Server).Should().BeNull();
        (tls.GetConnectionInfo(streams.Server).ClientCertificate is not null).Should().Be(own == ClientCertificatePolicy.Requested);
    }

    // The attack: a session from an endpoint that requests a certificate is resumed on one that does not, and brings its certificate.
    [Theory, MemberData(nameof(Versions))]
    public async Task CreateServerOptions_DoesNotResumeASessionOfAnotherPolicy(SslProtocols version)
    {
        ServerTls requesting = CreateTls(ClientCertificatePolicy.Requested, s_trust);
        ServerTls none = CreateTls(ClientCertificatePolicy.None, null);
        SslClientAuthenticationOptions client = Loopback.ClientOptions(version, s_alice);

        for (int i = 0; i < 3; i++)
        {
            TlsConnectionInfo requested = (await requesting.ShakeHandsAsync(client)).Info!;
            TlsConnectionInfo notRequested = (await none.ShakeHandsAsync(client)).Info!;

            requested.ClientCertificate.Should().NotBeNull();
            notRequested.ClientCertificate.Should().BeNull();
            notRequested.ClientCertificateRequested.Should().BeFalse();
        }
    }

    [Theory]
    [InlineData(ClientCertificatePolicy.None)]
    [InlineData(ClientCertificatePolicy.Requested)]
    [InlineData(ClientCertificatePolicy.Required)]
    public void CreateServerOptions_AllowsNeitherResumptionNorRenegotiation(ClientCertificatePolicy policy)
    {
        SslServerAuthenticationOptions options = CreateTls(policy, s_trust).CreateServerOptions();

        options.AllowTlsResume.Should().BeFalse();
        options.AllowRenegotiation.Should().BeFalse();
        options.ClientCertificateRequired.Should().Be(policy != ClientCertificatePolicy.None);
    }

    [SupportedOSPlatform("linux"), SupportedOSPlatform("windows")]
    private static async Task<Exception?> NegotiateAsync(SslStream server)
    {
        using CancellationTokenSource timeout = new(TimeSpan.FromMinutes(5));
        return await Record.ExceptionAsync(() => server.NegotiateClientCertificateAsync(timeout.Token));
    }

    private static ServerTls CreateTls(ClientCertificatePolicy policy, ISource<TrustBundle>? trust) => new(new()
    {
        ServerCertificate = Source.Fixed(Loopback.ServerCertificate),
        ClientTrust = trust,
        ClientCertificate = policy,
    });

    private static async Task<TestTlsLoopback> ConnectAsync(ServerTls server, SslClientAuthenticationOptions client)
    {
        TestTlsLoopback streams = await TestTlsLoopback.ConnectAsync(server, new() { Options = client }, Cancellation);
        (streams.ServerException, streams.ClientException).Should().Be((null, null));
        return streams;
    }
}
