using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using CertAuth.Tls;
using CertAuth.Trust;
using static CertAuth.Tests.Support.TrustExtensions;

namespace CertAuth.Tests.Transport;

/// <summary>The names of the trusted CAs in the server's request for a certificate (RFC 5246, 7.4.4; RFC 8446, 4.2.4).</summary>
public sealed class CaNamesTests
{
    private static readonly TestName s_alice = TestName.Of(("CN", "alice"));
    private static readonly TestCertificateAuthority s_root = CreateAuthority("root");
    private static readonly TestCertificateAuthority s_second = CreateAuthority("second");
    private static readonly TestCertificate s_client = s_root.IssueClient(s_alice);

    private static readonly string[] s_both = [GetText(s_root), GetText(s_second)];

    public CaNamesTests()
    {
        if (OperatingSystem.IsWindows())
            Assert.Skip("CA names cannot be sent on Windows.");
    }

    public static TheoryData<SslProtocols> Versions => [SslProtocols.Tls12, SslProtocols.Tls13];

    [Theory, MemberData(nameof(Versions))]
    public async Task Client_ReceivesTheNames_WhenTheyAreSent(SslProtocols version)
    {
        ServerTls tls = new(CreateOptions() with { CaNames = CaNamesPolicy.Send });

        (HandshakeOutcome outcome, string[] names) = await ShakeHandsAsync(tls, version);

        outcome.Info!.ClientCertificate!.Certificate!.Der.ToArray().Should().Equal(s_client.Der.ToArray());
        names.Order(StringComparer.Ordinal).Should().Equal(s_both);
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task Client_ReceivesNoNames_ByDefault(SslProtocols version)
    {
        (HandshakeOutcome outcome, string[] names) = await ShakeHandsAsync(new(CreateOptions()), version);

        outcome.Info!.ClientCertificate.Should().NotBeNull();
        names.Should().BeEmpty();
    }

    // The names are only a hint: any certificate that a client sends is verified.
    [Theory, MemberData(nameof(Versions))]
    public async Task ClientOfAnotherCa_IsStillVerified(SslProtocols version)
    {
        ServerTls tls = new(CreateOptions() with { CaNames = CaNamesPolicy.Send });

        HandshakeOutcome stranger = await tls.ShakeHandsAsync(version, s_root.Rotate().IssueClient(s_alice));
        HandshakeOutcome none = await tls.ShakeHandsAsync(version, certificate: null);

        stranger.Rejection!.Reason.Should().Be(RejectionReason.CertificateBadSignature);
        none.Failure.Should().BeNull();
        none.Info!.ClientCertificate.Should().BeNull();
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task Client_ReceivesTheNamesOfANewBundle_AtTheNextConnection(SslProtocols version)
    {
        ReplaceableSource<TrustBundle> trust = new(Bundle(s_root.Certificate));
        ServerTls tls = new(CreateOptions() with { ClientTrust = trust, CaNames = CaNamesPolicy.Send });

        (await ShakeHandsAsync(tls, version)).Names.Should().Equal(GetText(s_root));
        trust.Current = Bundle(s_second.Certificate);
        (HandshakeOutcome outcome, string[] names) = await ShakeHandsAsync(tls, version);

        names.Should().Equal(GetText(s_second));
        outcome.Rejection!.Reason.Should().Be(RejectionReason.UntrustedIssuer);
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task Client_ReceivesANewServerCertificate_AtTheNextConnection(SslProtocols version)
    {
        ReplaceableSource<ServerCertificate> certificate = new(Loopback.ServerCertificate);
        ServerTls tls = new(CreateOptions() with { ServerCertificate = certificate, CaNames = CaNamesPolicy.Send });
        using X509Certificate2 renewed = Loopback.IssueServerCertificate().ToX509Certificate2();
        using X509Certificate2 first = Loopback.ServerTestCertificate.ToX509Certificate2();
        List<string> seen = [];
        SslClientAuthenticationOptions client = Loopback.ClientOptions(version, s_client);
        client.RemoteCertificateValidationCallback = (_, server, _, errors) =>
        {
            seen.Add(server!.GetCertHashString());
            return errors == SslPolicyErrors.None;
        };

        (await tls.ShakeHandsAsync(client)).Failure.Should().BeNull();
        certificate.Current = ServerCertificate.Create(renewed);
        HandshakeOutcome outcome = await tls.ShakeHandsAsync(client);

        seen.Should().Equal(first.Thumbprint, renewed.Thumbprint);
        outcome.Info!.ServerCertificateNotAfter.Should().Be(certificate.Current.NotAfter);
    }

    [Theory]
    [InlineData(CaNamesPolicy.None)]
    [InlineData(CaNamesPolicy.Send)]
    public void CreateServerOptions_ReusesTheContext_UntilTheCertificateOrTheBundleIsReplaced(CaNamesPolicy policy)
    {
        ReplaceableSource<ServerCertificate> certificate = new(Loopback.ServerCertificate);
        ReplaceableSource<TrustBundle> trust = new(Bundle(s_root.Certificate));
        ServerTls tls = new(CreateOptions() with { ServerCertificate = certificate, ClientTrust = trust, CaNames = policy });
        using X509Certificate2 renewed = Loopback.IssueServerCertificate().ToX509Certificate2();

        SslStreamCertificateContext first = GetContext();
        GetContext().Should().BeSameAs(first);
        ReferenceEquals(Loopback.ServerCertificate.Context, first).Should().Be(policy == CaNamesPolicy.None);

        trust.Current = Bundle(s_second.Certificate);
        SslStreamCertificateContext second = GetContext();
        GetContext().Should().BeSameAs(second);
        ReferenceEquals(first, second).Should().Be(policy == CaNamesPolicy.None);

        certificate.Current = ServerCertificate.Create(renewed);
        SslStreamCertificateContext third = GetContext();
        GetContext().Should().BeSameAs(third);
        third.Should().NotBeSameAs(second);
        third.TargetCertificate.Thumbprint.Should().Be(renewed.Thumbprint);

        SslStreamCertificateContext GetContext() => tls.CreateServerOptions().ServerCertificateContext!;
    }

    [Fact]
    public void Constructor_RejectsCaNames_WhenNoCertificateIsRequested()
    {
        ArgumentException notRequested = FluentActions.Invoking(() => new ServerTls(
            CreateOptions() with { CaNames = CaNamesPolicy.Send, ClientCertificate = ClientCertificatePolicy.None }))
            .Should().ThrowExactly<ArgumentException>().Which;
        ArgumentException undefined = FluentActions.Invoking(() => new ServerTls(
            CreateOptions() with { CaNames = (CaNamesPolicy)9 })).Should().ThrowExactly<ArgumentException>().Which;

        notRequested.Message.Should().Be(
            "ServerTlsOptions: CaNames cannot be sent if clients are not asked for a certificate.");
        undefined.Message.Should().Be("ServerTlsOptions: CaNames must be a defined value, but is 9.");
    }

    // The callback selects the certificate and stores the names. .NET calls it for the first time before the server has sent anything; a
    // certificate that is selected in that call is sent regardless of the names.
    private static async Task<(HandshakeOutcome Outcome, string[] Names)> ShakeHandsAsync(ServerTls tls, SslProtocols version)
    {
        using X509Certificate2 certificate = s_client.ToX509Certificate2();
        string[] names = [];
        SslClientAuthenticationOptions client = Loopback.ClientOptions(version, certificate: null);
        client.LocalCertificateSelectionCallback = (_, _, _, server, acceptableIssuers) =>
        {
            names = [.. acceptableIssuers];
            return server is null ? null! : certificate;
        };
        HandshakeOutcome outcome = await tls.ShakeHandsAsync(client);
        return (outcome, names);
    }

    private static TestCertificateAuthority CreateAuthority(string name) =>
        TestCertificateAuthority.Create(TestName.Of(("O", "Example"), ("CN", name)));

    private static string GetText(TestCertificateAuthority authority) => new X500DistinguishedName(authority.SubjectDer.Span).Name;

    private static ServerTlsOptions CreateOptions() => new()
    {
        ServerCertificate = Source.Fixed(Loopback.ServerCertificate),
        ClientTrust = Source.Fixed(Bundle(s_root.Certificate, s_second.Certificate)),
    };
}
