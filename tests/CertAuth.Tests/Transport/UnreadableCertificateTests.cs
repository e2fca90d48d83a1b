using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using CertAuth.Transport;
using CertAuth.Trust;

namespace CertAuth.Tests.Transport;

/// <summary>The attack: a self-signed certificate with malformed certificate policies, for which the platform's own chain throws an
/// exception that is not documented for a handshake. A .NET client cannot send such a certificate, so the openssl command does.</summary>
public sealed class UnreadableCertificateTests : IDisposable
{
    private const string Host = "db.test", CertificatePolicies = "2.5.29.32";

    private static readonly TestCertificateAuthority s_ca = TestCertificateAuthority.Create(TestName.Of(("CN", "CA")));
    private static readonly TestCertificateAuthority s_unreadable = TestCertificateAuthority.Create(
        TestName.Of(("CN", "unreadable")), new() { KeyUsage = null, Extensions = [new(CertificatePolicies, critical: false, [0xFF])] });

    private readonly OpenSsl _openSsl = new();

    public static TheoryData<string, UnverifiedCertificatePolicy> Clients => new()
    {
        { "-tls1_2", UnverifiedCertificatePolicy.FailHandshake }, { "-tls1_3", UnverifiedCertificatePolicy.FailHandshake },
        { "-tls1_2", UnverifiedCertificatePolicy.Continue }, { "-tls1_3", UnverifiedCertificatePolicy.Continue },
    };

    public static TheoryData<string> Versions => ["-tls1_2", "-tls1_3"];

    public void Dispose() => _openSsl.Dispose();

    [Theory, MemberData(nameof(Clients))]
    public async Task AcceptAsync_RejectsACertificateThatThePlatformCannotRead(string version, UnverifiedCertificatePolicy unverified)
    {
        TlsAcceptResult result = await OpenSslPeers.AcceptAsync(_openSsl, CreateServer(unverified), s_unreadable.Certificate, "", version);

        result.Succeeded.Should().BeFalse();
        result.Rejection!.Kind.Should().Be(HandshakeRejectionKind.CertificateRejected);
        result.Rejection.Certificate!.Reason.Should().Be(RejectionReason.CertificateMalformed);
        result.Rejection.Exception.Should().BeAssignableTo<CryptographicException>();
        result.Rejection.ToString().Should().StartWith("The client certificate was rejected. ").And.NotContain("\n");
    }

    // Shows that the attack works: the handshake throws an exception that the documentation of SslStream does not list.
    [Fact]
    public async Task AuthenticateAsServerAsync_Throws_WhenThePlatformCannotReadTheCertificate()
    {
        Exception? failure = await OpenSslPeers.AcceptAsync<Exception?>(
            _openSsl,
            async socket =>
            {
                await using SslStream stream = new(new NetworkStream(socket));
                return await Record.ExceptionAsync(() => stream.AuthenticateAsServerAsync(
                    CreateServer(UnverifiedCertificatePolicy.Continue).CreateServerOptions(), TestContext.Current.CancellationToken));
            },
            s_unreadable.Certificate,
            sent: "",
            "-tls1_3");

        failure.Should().BeAssignableTo<CryptographicException>();
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task ConnectAsync_RejectsACertificateThatThePlatformCannotRead(string version)
    {
        UpstreamTls tls = new(new()
        {
            ServerTrust = Source.Fixed(
                TrustBundle.Parse(Encoding.ASCII.GetBytes(s_ca.Pem), new() { Purpose = CertificatePurpose.ServerAuthentication })),
        });

        TlsConnectResult result = await OpenSslPeers.ConnectAsync(
            _openSsl,
            socket => tls.ConnectAsync(new NetworkStream(socket), ServerName.Parse(Host), TestContext.Current.CancellationToken),
            s_unreadable.Certificate,
            version);

        result.Succeeded.Should().BeFalse();
        result.Rejection!.Kind.Should().Be(HandshakeRejectionKind.CertificateRejected);
        result.Rejection.Certificate!.Reason.Should().Be(RejectionReason.CertificateMalformed);
        result.Rejection.ToString().Should().StartWith("The server certificate was rejected. ");
    }

    private static ServerTls CreateServer(UnverifiedCertificatePolicy unverified) => new(new()
    {
        ServerCertificate = Source.Fixed(Loopback.ServerCertificate),
        ClientTrust = Source.Fixed(TrustBundle.Parse(s_ca.Der.Span)),
        UnverifiedCertificate = unverified,
    });
}
