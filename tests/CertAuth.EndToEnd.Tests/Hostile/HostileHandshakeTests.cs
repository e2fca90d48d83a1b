using System.Diagnostics;
using System.Net;
using System.Text.Json;
using CertAuth.EndToEnd.Tests.Load;
using CertAuth.EndToEnd.Tests.Support;

namespace CertAuth.EndToEnd.Tests.Hostile;

/// <summary>Hostile TLS handshakes.</summary>
public sealed class HostileHandshakeTests
{
    private const int Clients = 40, MaxHandshakes = 16;
    private static readonly IPAddress s_hostile = IPAddress.Parse("127.0.0.2");

    // Attack: one address starts more handshakes than the server performs concurrently, and completes none.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task HalfOpenHandshakesOfOneAddress_DoNotAffectOtherAddresses(bool proxied)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux has the address 127.0.0.2 without configuration.");
        await using Site site = new();
        Deployment deployment = await Deployment.StartAsync(site, proxied, TimeSpan.FromSeconds(60));
        List<RawClient> hostile = [];
        for (int i = 0; i < Clients; i++)
            hostile.Add(await SlowClient.ConnectAsync(deployment, site, SlowStage.SilentAfterSslRequest, s_hostile));

        using (await RawClient.LogInAsync(deployment.Address, "u1", RawClient.CreateTls(site.Folder, "u1")))
            deployment.Slots.Pending.Should().BeGreaterThanOrEqualTo(MaxHandshakes);

        // Handshakes beyond the limit are rejected, and the log contains the reason.
        await Eventually.HoldsAsync(
            () => Rejections(site, "TooManyHandshakes").Length == Clients - MaxHandshakes, "the others are rejected");
        Rejections(site, "TooManyHandshakes").Should().AllSatisfy(line =>
        {
            line.GetProperty("host").GetString().Should().Be($"{s_hostile}");
            line.GetProperty("problem").GetString().Should().StartWith("The address of the client has 16 handshakes in progress");
        });
        hostile.ForEach(client => client.Dispose());
    }

    // Attack: a certificate makes .NET throw an exception that handshakes do not normally throw, so that the log contains a stack trace
    // instead of the client's address.
    [Theory]
    [InlineData(false, "-tls1_2")]
    [InlineData(true, "-tls1_2")]
    [InlineData(false, "-tls1_3")]
    [InlineData(true, "-tls1_3")]
    public async Task UnreadableCertificate_IsLogged_WithTheClientsAddress(bool proxied, string version)
    {
        OpenSslShell.SkipIfMissing();
        await using Site site = new();
        Deployment deployment = await Deployment.StartAsync(site, proxied);
        TestCertificateAuthority unreadable = TestCertificateAuthority.Create(
            TestName.Of(("CN", "unreadable")), new() { KeyUsage = null, Extensions = [new("2.5.29.32", critical: false, [0xFF])] });
        await File.WriteAllTextAsync(site.Folder.In("unreadable.pem"), unreadable.Pem, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(
            site.Folder.In("unreadable-key.pem"), unreadable.Certificate.PrivateKeyPem, TestContext.Current.CancellationToken);

        using Process client = Process.Start(new ProcessStartInfo(
            "openssl",
            [
                "s_client", "-starttls", "mysql", "-connect", $"{deployment.Address}", version, "-quiet",
                "-cert", site.Folder.In("unreadable.pem"), "-key", site.Folder.In("unreadable-key.pem"),
            ])
        { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
        try
        {
            await site.WaitForLogAsync("\"handshake\"");
        }
        finally
        {
            client.Kill();
        }

        JsonElement line = Rejections(site, "CertificateRejected").Should().ContainSingle().Subject;
        line.GetProperty("reason").GetString().Should().Be("CertificateMalformed");
        line.GetProperty("host").GetString().Should().Be("127.0.0.1");
        site.Log.Should().NotContain(text => text.Contains("\"failure\"", StringComparison.Ordinal));
    }

    private static JsonElement[] Rejections(Site site, string kind) =>
        [.. site.Events("handshake").Where(line => line.GetProperty("kind").GetString() == kind)];
}
