using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using static CertAuth.Tests.Support.TrustExtensions;

namespace CertAuth.Tests.Transport;

/// <summary>The CA names that <c>openssl s_client</c> receives.</summary>
public sealed class OpenSslCaNamesTests
{
    private static readonly TestCertificateAuthority s_root =
        TestCertificateAuthority.Create(TestName.Of(("O", "Example"), ("CN", "root")));

    public static TheoryData<string, CaNamesPolicy> Rows => new()
    {
        { "-tls1_2", CaNamesPolicy.None }, { "-tls1_2", CaNamesPolicy.Send },
        { "-tls1_3", CaNamesPolicy.None }, { "-tls1_3", CaNamesPolicy.Send },
    };

    [Theory, MemberData(nameof(Rows))]
    public async Task OpenSslClient_ReceivesTheNames_WhenTheyAreSent(string version, CaNamesPolicy policy)
    {
        if (OperatingSystem.IsWindows())
            Assert.Skip("CA names cannot be sent on Windows.");
        using OpenSsl openSsl = new();
        ServerTls tls = new(new()
        {
            ServerCertificate = Source.Fixed(Loopback.ServerCertificate),
            ClientTrust = Source.Fixed(Bundle(s_root.Certificate)),
            CaNames = policy,
        });
        TestCertificate alice = s_root.IssueClient(TestName.Of(("CN", "alice")));
        string certificate = openSsl.File("alice.pem", alice.Pem);
        string key = openSsl.File("alice-key.pem", alice.PrivateKeyPem);
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        string address = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");

        Task<bool> serving = ServeOneClientAsync(listener, tls);
        (_, string output) = await Task.Run(
            () => openSsl.Run(
                "s_client", "-connect", address, version, "-cert", certificate, "-key", key, "-nameopt", "oneline", "-ign_eof"),
            TestContext.Current.CancellationToken);

        listener.Stop();
        (await serving).Should().BeTrue(output);
        if (policy == CaNamesPolicy.Send)
        {
            output.Should().Contain("Acceptable client certificate CA names");
            output.Should().Contain("\nO = Example, CN = root\n");
        }
        else
        {
            output.Should().Contain("No client certificate CA names sent");
        }
    }

    /// <summary>Serves one client and closes its connection, so that it exits. Returns whether its certificate was verified.</summary>
    private static async Task<bool> ServeOneClientAsync(TcpListener listener, ServerTls tls)
    {
        using TcpClient socket = await listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        await using SslStream stream = new(socket.GetStream());
        await stream.AuthenticateAsServerAsync(tls.CreateServerOptions(), TestContext.Current.CancellationToken);
        await stream.ShutdownAsync();
        return tls.GetConnectionInfo(stream).ClientCertificate is not null;
    }
}
