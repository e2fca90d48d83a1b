using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace CertAuth.Tests.Docs;

/// <summary>The example of the README is the program of samples/FirstLogin, which runs here as a process of its own.</summary>
public sealed class ReadmeTests
{
    private static readonly TestCertificateAuthority s_ca = TestCertificateAuthority.Create(TestName.Of(("CN", "Example CA")));

    [Fact]
    public async Task Example_AcceptsAliceAndExplainsRejections()
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        using TempFolder folder = new();
        WriteFiles(folder);
        using FirstLoginProcess process = await FirstLoginProcess.StartAsync(folder.Path, cancellation);
        await process.WaitUntilListeningAsync(cancellation);

        await ConnectAsync(IssueClient(s_ca, "alice"), cancellation);
        string alice = await process.ReadLineAsync(cancellation);
        await ConnectAsync(IssueClient(s_ca, "bob"), cancellation);
        string bob = await process.ReadLineAsync(cancellation);
        await ConnectAsync(IssueClient(TestCertificateAuthority.Create(TestName.Of(("CN", "Another CA"))), "alice"), cancellation);
        string stranger = await process.ReadLineAsync(cancellation);

        alice.Should().Be("accepted: alice by certificate");
        bob.Should().StartWith("rejected (106): ").And.Contain("/C=US/O=Example/CN=alice").And.Contain("/C=US/O=Example/CN=bob");
        stranger.Should().NotStartWith("accepted").And.Contain("/C=US/O=Example/CN=alice");
    }

    // The attack: a client that connects and sends nothing, so that no other client can log in until the handshake times out.
    [Fact]
    public async Task Example_AcceptsAlice_WhileAnotherClientIsSilent()
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        using TempFolder folder = new();
        WriteFiles(folder);
        using FirstLoginProcess process = await FirstLoginProcess.StartAsync(folder.Path, cancellation);
        await process.WaitUntilListeningAsync(cancellation);
        using TcpClient silent = new();
        await silent.ConnectAsync(IPAddress.Loopback, FirstLoginProcess.Port, cancellation);

        await ConnectAsync(IssueClient(s_ca, "alice"), cancellation);

        string first = await process.ReadLineAsync(cancellation);
        first.Should().Be("accepted: alice by certificate", "no login waits for another client");
    }

    private static void WriteFiles(TempFolder folder)
    {
        TestCertificate server = s_ca.IssueServer("localhost");
        folder.Write("server-cert.pem", server.Pem);
        folder.Write("server-key.pem", server.PrivateKeyPem);
        folder.Write("ca-bundle.pem", s_ca.Pem);
    }

    private static TestCertificate IssueClient(TestCertificateAuthority ca, string commonName) =>
        ca.IssueClient(TestName.Of(("C", "US"), ("O", "Example"), ("CN", commonName)));

    // The server may end the connection of a rejected client at any time.
    private static async Task ConnectAsync(TestCertificate certificate, CancellationToken cancellation)
    {
        using X509Certificate2 client = certificate.ToX509Certificate2();
        using TcpClient connection = new();
        await connection.ConnectAsync(IPAddress.Loopback, FirstLoginProcess.Port, cancellation);
        await using SslStream stream = new(connection.GetStream());
        SslClientAuthenticationOptions options = new()
        {
            TargetHost = "localhost",
            ClientCertificateContext = SslStreamCertificateContext.Create(client, null, offline: true),
            RemoteCertificateValidationCallback = (_, server, _, _) => server is not null,
        };
        try
        {
            await stream.AuthenticateAsClientAsync(options, cancellation);
            _ = await stream.ReadAtLeastAsync(new byte[1], 1, throwOnEndOfStream: false, cancellation);
        }
        catch (Exception exception) when (exception is IOException or System.Security.Authentication.AuthenticationException)
        {
        }
    }
}
