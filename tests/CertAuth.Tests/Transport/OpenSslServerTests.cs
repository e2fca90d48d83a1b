using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using CertAuth.Tls;
using CertAuth.Transport;
using CertAuth.Trust;

namespace CertAuth.Tests.Transport;

/// <summary>The handshakes of a proxy with <c>openssl s_server</c>, which can send any chain.</summary>
public sealed class OpenSslServerTests : IDisposable
{
    private const string Host = "db.test";
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(5);
    private static readonly TestName s_caName = TestName.Of(("CN", "server CA"));
    private static readonly TestCertificateAuthority s_ca = TestCertificateAuthority.Create(s_caName);
    private static readonly TestCertificateAuthority s_sameName = TestCertificateAuthority.Create(s_caName);
    private static readonly TestCertificateAuthority s_stranger = TestCertificateAuthority.Create(TestName.Of(("CN", "stranger")));
    private static readonly TestCertificateAuthority s_intermediate = s_ca.IssueIntermediate(TestName.Of(("CN", "between")));

    private static readonly TestCertificateRequest s_withoutKeyIdentifiers = new()
    {
        Subject = TestName.Of(("CN", Host)),
        Sans = [TestSan.Dns(Host)],
        ExtendedKeyUsages = [TestCertificateRequest.ServerAuth],
        AuthorityKeyIdentifier = false,
        SubjectKeyIdentifier = false,
    };

    private static readonly Dictionary<string, (TestCertificate Server, string Sent, RejectionReason Reason)> s_servers = new()
    {
        ["without other certificates"] = (s_ca.IssueServer(Host), "", RejectionReason.None),
        ["with its CA"] = (s_ca.IssueServer(Host), s_ca.Pem, RejectionReason.None),
        ["with another CA of the same name"] = (s_ca.Issue(s_withoutKeyIdentifiers), s_sameName.Pem, RejectionReason.None),
        ["with an unrelated CA"] = (s_ca.IssueServer(Host), s_stranger.Pem, RejectionReason.None),
        ["with its intermediate"] = (s_intermediate.IssueServer(Host), s_intermediate.Pem, RejectionReason.None),
        ["with its chain in reverse order"] = (s_intermediate.IssueServer(Host), s_ca.Pem + s_intermediate.Pem, RejectionReason.None),
        ["without its intermediate"] = (s_intermediate.IssueServer(Host), "", RejectionReason.UntrustedIssuer),
        ["of another CA with the same name"] = (s_sameName.IssueServer(Host), s_ca.Pem, RejectionReason.CertificateBadSignature),
        ["of an unrelated CA"] = (s_stranger.IssueServer(Host), s_stranger.Pem, RejectionReason.UntrustedIssuer),
        ["with another server name"] = (s_ca.IssueServer("other.test"), "", RejectionReason.ServerNameMismatch),
    };

    private readonly OpenSsl _openSsl = new();

    public static TheoryData<string, string> Servers =>
        [.. from version in (string[])["-tls1_2", "-tls1_3"] from server in s_servers.Keys select (version, server)];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _openSsl.Dispose();

    [Theory, MemberData(nameof(Servers))]
    public async Task ServerCertificate_IsAccepted_OnlyIfItsPathAndNameAreValid(string version, string kind)
    {
        (TestCertificate certificate, string sent, RejectionReason reason) = s_servers[kind];
        using Process server = Serve(certificate, version, sent);
        (Exception? failure, Rejection? rejection, _) = await ConnectAsync(server, null);
        (rejection?.Reason ?? RejectionReason.None).Should().Be(reason);
        (failure?.GetType()).Should().Be(reason == RejectionReason.None ? null : typeof(AuthenticationException));
    }

    // The CA names that the server sends do not matter; only the issuer of the certificate does.
    [Theory]
    [InlineData("-tls1_2")]
    [InlineData("-tls1_3")]
    public async Task ServerThatRequestsACertificate_ReceivesTheProxysChain(string version)
    {
        TestCertificate proxy = s_intermediate.IssueClient(TestName.Of(("CN", "proxy")));
        string[] requestOptions =
        [
            "-Verify", "5", "-verify_return_error", "-verifyCAfile", _openSsl.File("ca.pem", s_ca.Pem),
            "-CAfile", _openSsl.File("names.pem", s_stranger.Pem),
        ];
        using Process server = Serve(s_ca.IssueServer(Host), version, "", requestOptions);
        (Exception? failure, _, string output) = await ConnectAsync(server, proxy);
        failure.Should().BeNull();
        output.Should().Contain("subject=CN = proxy\n");
        output.Should().Contain("issuer=CN = between\n");

        using Process other = Serve(s_ca.IssueServer(Host), version, "", requestOptions);
        (_, _, output) = await ConnectAsync(other, s_stranger.IssueClient(TestName.Of(("CN", "proxy"))));
        output.Should().NotContain("subject=CN = proxy\n");
    }

    private Process Serve(TestCertificate certificate, string version, string sent, params string[] more) => _openSsl.Start(
    [
        "s_server", "-accept", "127.0.0.1:0", "-naccept", "1", version, "-cert", _openSsl.File("server.pem", certificate.Pem),
        "-key", _openSsl.File("server-key.pem", certificate.PrivateKeyPem),
        .. sent.Length == 0 ? (string[])[] : ["-cert_chain", _openSsl.File("sent.pem", sent)], .. more,
    ]);

    private static async Task<(Exception? Failure, Rejection? Rejection, string Output)> ConnectAsync(
        Process server, TestCertificate? proxy)
    {
        UpstreamTls tls = new(new()
        {
            ServerTrust = Source.Fixed(
                TrustBundle.Parse(s_ca.Der.Span, new() { Purpose = CertificatePurpose.ServerAuthentication })),
            Certificate = proxy is null ? null : CreateSource(proxy),
        });
        Task<string> errors = server.StandardError.ReadToEndAsync(Cancellation);
        try
        {
            using TcpClient socket = new();
            await socket.ConnectAsync(IPAddress.Loopback, await ReadPortAsync(server, errors), Cancellation);
            await using SslStream stream = new(socket.GetStream());
            Exception? failure = await Record.ExceptionAsync(
                () => stream.AuthenticateAsClientAsync(tls.CreateClientOptions(ServerName.Parse(Host)), Cancellation));
            Rejection? rejection = tls.GetRejection(stream);
            if (failure is null)
                await stream.ShutdownAsync();
            socket.Close();
            string output = await server.StandardOutput.ReadToEndAsync(Cancellation).WaitAsync(s_limit, Cancellation);
            return (failure, rejection, output + await errors);
        }
        finally
        {
            server.Kill();
        }
    }

    private static async Task<int> ReadPortAsync(Process server, Task<string> errors)
    {
        while (await server.StandardOutput.ReadLineAsync(Cancellation).AsTask().WaitAsync(s_limit, Cancellation) is { } line)
        {
            if (line.StartsWith("ACCEPT ", StringComparison.Ordinal))
                return int.Parse(line.AsSpan(line.LastIndexOf(':') + 1), CultureInfo.InvariantCulture);
        }

        throw new InvalidOperationException($"openssl s_server: {await errors}");
    }

    private static ISource<ServerCertificate> CreateSource(TestCertificate certificate) => Source.Fixed(ServerCertificate.Parse(
        Encoding.ASCII.GetBytes(certificate.PemWithChain), Encoding.ASCII.GetBytes(certificate.PrivateKeyPem)));
}
