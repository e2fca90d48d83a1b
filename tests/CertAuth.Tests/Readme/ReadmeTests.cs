using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using CertAuth.Testing;
using CertAuth.Tests.Support;
using FluentAssertions;

namespace CertAuth.Tests.Readme;

public sealed class ReadmeTests
{
    [Fact]
    public void Readme_ShowsTheExampleThatIsRun()
    {
        string[] source = File.ReadAllLines(Path.Combine(SharedFiles.RepositoryRoot, "tests/CertAuth.Tests/Readme/ReadmeExample.cs"));
        int start = Array.FindIndex(source, line => line.Trim() == "#region readme");
        int end = Array.FindIndex(source, line => line.Trim() == "#endregion");
        string example = string.Join('\n', source[(start + 1)..end].Select(line => line.Length > 8 ? line[8..] : ""));
        string readme = File.ReadAllText(Path.Combine(SharedFiles.RepositoryRoot, "README.md")).ReplaceLineEndings("\n");

        readme.Should().Contain($"```csharp\n{example}\n```");
        (end - start - 1).Should().BeInRange(10, 25);
    }

    [Theory]
    [InlineData("alice", "spiffe://example/people/alice", "accepted: alice by certificate")]
    [InlineData(
        "bob", "spiffe://example/people/alice",
        "rejected (106): The subject of the client certificate does not match. "
        + "Required: /C=US/O=Example/CN=alice; presented: /C=US/O=Example/CN=bob (RDN 3: CN=alice is required, CN=bob is presented).")]
    [InlineData(
        "alice", "spiffe://example/people/bob",
        "rejected (108): The client certificate lacks a required subject alternative name. "
        + "Required: URI:spiffe://example/*/alice; presented: URI:spiffe://")]
    public async Task ReadmeExample_Decides(string commonName, string uri, string expected)
    {
        TestCertificateAuthority ca = TestCertificateAuthority.Create(TestName.Of(("CN", "Example CA")));
        TestName subject = TestName.Of(("C", "US"), ("O", "Example"), ("CN", commonName));
        using X509Certificate2 client = ca.IssueClient(subject, TestSan.Uri(uri)).ToX509Certificate2();
        using X509Certificate2 server = ca.IssueServer("localhost").ToX509Certificate2();
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();

        Task connecting = ConnectAsync((IPEndPoint)listener.LocalEndpoint, client, cancellation);
        using TcpClient connection = await listener.AcceptTcpClientAsync(cancellation);
        string log = await ReadmeExample.LogInAsync(Encoding.ASCII.GetBytes(ca.Pem), server, connection, cancellation);
        await connecting;

        log.Should().StartWith(expected);
    }

    private static async Task ConnectAsync(IPEndPoint endpoint, X509Certificate2 certificate, CancellationToken cancellation)
    {
        using TcpClient connection = new();
        await connection.ConnectAsync(endpoint, cancellation);
        await using SslStream stream = new(connection.GetStream());
        SslClientAuthenticationOptions options = new()
        {
            TargetHost = "localhost",
            ClientCertificateContext = SslStreamCertificateContext.Create(certificate, null, offline: true),
            RemoteCertificateValidationCallback = (_, server, _, _) => server is not null,
        };
        await stream.AuthenticateAsClientAsync(options, cancellation);
    }
}
