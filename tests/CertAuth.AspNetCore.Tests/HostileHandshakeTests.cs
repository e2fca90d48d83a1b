using System.Diagnostics;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using Microsoft.Extensions.Logging;

namespace CertAuth.AspNetCore.Tests;

/// <summary>Kestrel with the limits of each address, as in docs/kestrel.md.</summary>
public sealed class HostileHandshakeTests : IDisposable
{
    private const int HalfOpenConnections = 40, Max = 16;
    private static readonly IPAddress s_hostile = IPAddress.Parse("127.0.0.2");

    private readonly ServerTls _tls = new(new()
    {
        ServerCertificate = Source.Fixed(Clients.Server),
        ClientTrust = Source.Fixed(Clients.Trust(Clients.Root)),
    });

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _tls.Dispose();

    // The attack: 40 connections of one address that stop after their ClientHello.
    [Fact]
    public async Task HalfOpenHandshakes_OfOneAddress_DoNotAffectOtherAddresses()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux has the address 127.0.0.2 by default.");
        await using KestrelServer server = await KestrelServer.StartAsync(_tls);
        List<TcpClient> hostile = [];
        for (int i = 0; i < HalfOpenConnections; i++)
            hostile.Add(await StartHalfOpenAsync(server));

        using (HttpClient honest = Clients.Create(SslProtocols.Tls13, Clients.Good))
            (await honest.GetStringAsync(server.Address, Cancellation)).Should().NotBeEmpty();
        server.Served.Should().ContainSingle().Which.Info.ClientCertificate.Should().NotBeNull();

        await Eventually.HoldsAsync(() => server.ClosedConnections == HalfOpenConnections - Max);
        hostile.ForEach(client => client.Dispose());
        await Eventually.HoldsAsync(() => _tls.Handshakes.AddressCount == 0);

        // All permits are released, so a client of the address succeeds again.
        using TcpClient again = await ConnectAsync(server);
        await using SslStream stream = new(again.GetStream());
        await stream.AuthenticateAsClientAsync(Clients.CreateSslOptions(SslProtocols.Tls12, Clients.Good), Cancellation);
        await Eventually.HoldsAsync(() => _tls.Handshakes.AddressCount == 0);
    }

    // The attack: a certificate for which .NET throws an undocumented exception. Without the catch block of docs/kestrel.md, the log has an
    // error with a stack trace for each connection. The openssl command sends such a certificate.
    [Theory]
    [InlineData("-tls1_2")]
    [InlineData("-tls1_3")]
    public async Task UnreadableCertificate_IsNotLoggedAsAnApplicationError(string version)
    {
        TestCertificateAuthority unreadable = TestCertificateAuthority.Create(
            TestName.Of(("CN", "unreadable")), new() { KeyUsage = null, Extensions = [new("2.5.29.32", critical: false, [0xFF])] });
        await using KestrelServer server = await KestrelServer.StartAsync(_tls);
        DirectoryInfo folder = Directory.CreateTempSubdirectory("certauth-kestrel-");
        try
        {
            string certificate = Path.Combine(folder.FullName, "unreadable.pem"), key = Path.Combine(folder.FullName, "unreadable.key");
            await File.WriteAllTextAsync(certificate, unreadable.Pem, Cancellation);
            await File.WriteAllTextAsync(key, unreadable.Certificate.PrivateKeyPem, Cancellation);
            using Process client = Start(
                "s_client", "-connect", server.Address.Authority, version, "-quiet", "-cert", certificate, "-key", key);
            await Eventually.HoldsAsync(() => !server.Failures.IsEmpty);
            client.Kill();
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        server.Log.Lines.Should().NotContain(line => line.Level >= LogLevel.Error);
        server.Served.Should().BeEmpty();
        await Eventually.HoldsAsync(() => _tls.Handshakes.AddressCount == 0);
    }

    private static Process Start(params string[] arguments)
    {
        try
        {
            return Process.Start(new ProcessStartInfo("openssl", arguments)
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("The openssl command is not installed.");
            throw;
        }
    }

    private static async Task<TcpClient> StartHalfOpenAsync(KestrelServer server)
    {
        TcpClient client = await ConnectAsync(server);
        _ = new SslStream(new SendOnlyStream(client.GetStream()))
            .AuthenticateAsClientAsync(Clients.CreateSslOptions(SslProtocols.Tls13, certificate: null), Cancellation)
            .ContinueWith(task => task.Exception, Cancellation, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        return client;
    }

    private static async Task<TcpClient> ConnectAsync(KestrelServer server)
    {
        TcpClient client = new(new IPEndPoint(s_hostile, 0));
        await client.ConnectAsync(server.Address.Host, server.Address.Port, Cancellation);
        return client;
    }
}
