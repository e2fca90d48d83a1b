using System.Diagnostics;
using System.Net.Security;
using CertAuth.EndToEnd.Tests.Support;
using CertAuth.MySqlServer.Protocol;

namespace CertAuth.EndToEnd.Tests.Load;

/// <summary>Waves of as many connections as there are slots: every connection logs in, and one more is rejected.</summary>
[Collection(LoadCollection.Name)]
public sealed class ManyConnectionsTests
{
    private const int AtATime = 200;

    [Theory]
    [InlineData(10, false)]
    [InlineData(1, true)]
    public async Task EveryConnection_LogsIn(int waves, bool proxied)
    {
        await using Site site = new();
        Deployment deployment = await Deployment.StartAsync(site, proxied);
        for (int wave = 0; wave < waves; wave++)
            await RunWaveAsync(site, deployment, real: 0);
        site.Log.Count(line => line.Contains("\"decision\":\"accepted\"", StringComparison.Ordinal)).Should().Be(waves * AtATime);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task EveryConnection_LogsIn_IncludingRealClients(bool proxied)
    {
        MariaDbClient.SkipIfMissing();
        await using Site site = new();
        Deployment deployment = await Deployment.StartAsync(site, proxied);
        await RunWaveAsync(site, deployment, real: 50);
    }

    // All connections of a wave are logged in at the same time, before the first one closes.
    private static async Task RunWaveAsync(Site site, Deployment deployment, int real)
    {
        SslClientAuthenticationOptions tls = RawClient.CreateTls(site.Folder, "u1");
        Task<Process>[] processes = [.. Enumerable.Range(0, real).Select(_ => StayAsync(site.Client(deployment.Address)))];
        RawClient[] clients = await Task.WhenAll(
            Enumerable.Range(0, AtATime - real).Select(i => RawClient.LogInAsync(deployment.Address, "u1", tls, Addresses.Of(i))));
        await Task.WhenAll(processes);
        deployment.Slots.LoggedIn.Should().Be(AtATime);

        using RawClient oneMore = await RawClient.ConnectAsync(deployment.Address);
        RawClient.ReadError(oneMore.First).Code.Should().Be(1040);

        foreach (RawClient client in clients)
        {
            await client.SendAsync(0, [(byte)Command.Quit]);
            client.Dispose();
        }

        foreach (Task<Process> process in processes)
            await LeaveAsync(await process);
        await Eventually.HoldsAsync(
            () => deployment.Slots.LoggedIn == 0 && deployment.Server.Slots.LoggedIn == 0, "all slots are free again");
    }

    private static async Task<Process> StayAsync(MariaDbClient client)
    {
        Process process = client.Stay("u2", "u2");
        await process.StandardInput.WriteAsync("select current_user();\n");
        await process.StandardInput.FlushAsync(TestContext.Current.CancellationToken);
        string? line = await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        line.Should().Be("u2@%", line ?? await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
        return process;
    }

    private static async Task LeaveAsync(Process process)
    {
        using Process leaving = process;
        leaving.StandardInput.Close();
        await leaving.WaitForExitAsync(TestContext.Current.CancellationToken);
        leaving.ExitCode.Should().Be(0);
    }
}
