using System.Net.Security;
using CertAuth.EndToEnd.Tests.Support;
using CertAuth.MySqlServer.Protocol;

namespace CertAuth.EndToEnd.Tests.Load;

/// <summary>Clients that occupy slots without logging in do not block other logins.</summary>
[Collection(LoadCollection.Name)]
public sealed class HalfOpenConnectionTests
{
    private const int HalfOpen = 1000, InitialHalfOpen = 400, SlowOfEachStage = 20;

    // Attack: 1,000 connections that send nothing, and some that send a byte now and then, occupy all slots until their timeout.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task HalfOpenConnections_DoNotBlockLogins(bool proxied)
    {
        await using Site site = new();
        Deployment deployment = await Deployment.StartAsync(site, proxied);
        await using HalfOpenConnections connections = new(deployment, site);
        await OccupySlotsAsync(deployment, connections);

        // The rest connect while others log in, three for each login.
        const int Workers = 8, LoginsPerWorker = 25;
        SslClientAuthenticationOptions tls = RawClient.CreateTls(site.Folder, "u1");
        await Task.WhenAll(Enumerable.Range(0, Workers).Select(async _ =>
        {
            for (int i = 0; i < LoginsPerWorker; i++)
            {
                await connections.ConnectHalfOpenAsync((HalfOpen - InitialHalfOpen) / (Workers * LoginsPerWorker));
                using RawClient client = await RawClient.LogInAsync(deployment.Address, "u1", tls);
                await client.SendAsync(0, [(byte)Command.Ping]);
                await client.AssertOkAsync();
            }
        }));
        connections.HalfOpen.Should().Be(HalfOpen);
        await AssertIsBoundedAsync(site, deployment, connections);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task HalfOpenConnections_DoNotBlockRealClients(bool proxied)
    {
        MariaDbClient.SkipIfMissing();
        await using Site site = new();
        Deployment deployment = await Deployment.StartAsync(site, proxied);
        await using HalfOpenConnections connections = new(deployment, site);
        await OccupySlotsAsync(deployment, connections);
        for (int i = 0; i < 10; i++)
        {
            await connections.ConnectHalfOpenAsync((HalfOpen - InitialHalfOpen) / 10);
            (await site.Client(deployment.Address).RunAsync("u1", "u1", "select current_user()")).Should().Be("u1@%");
        }

        await AssertIsBoundedAsync(site, deployment, connections);
    }

    // Attack: each byte extends the time limit of the login. The limit is long enough to reach the stage on a busy machine.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task SlowClient_IsClosedAtTheDeadline(bool proxied)
    {
        await using Site site = new();
        Deployment deployment = await Deployment.StartAsync(site, proxied, TimeSpan.FromSeconds(15));
        bool[] closed = await Task.WhenAll(Enum.GetValues<SlowStage>().Select(async stage =>
        {
            using RawClient client = await SlowClient.ConnectAsync(deployment, site, stage);
            return await SlowClient.SendSlowlyAsync(client, stage);
        }));
        closed.Should().NotContain(false);
    }

    [Fact]
    public async Task OldestPendingConnection_IsEvicted_AndLoggedInOnesAreNot()
    {
        await using Site site = new();
        var server = await site.StartServerAsync(o => o with { MaxPending = 2, MaxConnections = 1 });
        SslClientAuthenticationOptions tls = RawClient.CreateTls(site.Folder, "u1");
        using RawClient oldest = await RawClient.ConnectAsync(server.Address);
        using RawClient older = await RawClient.ConnectAsync(server.Address);
        using RawClient loggedIn = await RawClient.LogInAsync(server.Address, "u1", tls);
        await oldest.AssertClosedAsync();
        await Eventually.HoldsAsync(
            () => site.Log.Any(line => line.Contains("\"evicted\"", StringComparison.Ordinal)), "the log contains the eviction");

        // The client connected before the last slot was occupied, and logs in afterwards.
        await older.EncryptAsync(tls);
        await older.SendAsync(2, Protocol.LoginPackets.Response("u1").Write());
        RawClient.ReadError(await older.ReadAsync()).Should().Be((1040, "#08004Too many connections"));

        await loggedIn.SendAsync(0, [(byte)Command.Ping]);
        await loggedIn.AssertOkAsync();
    }

    private static async Task OccupySlotsAsync(Deployment deployment, HalfOpenConnections connections)
    {
        await connections.ConnectHalfOpenAsync(InitialHalfOpen);
        await connections.ConnectSlowAsync(SlowOfEachStage);
        int expected = Math.Min(connections.Count, deployment.MaxPending);
        await Eventually.HoldsAsync(() => deployment.Slots.Pending == expected, "the half-open connections occupy their slots");
    }

    // The number of pending connections is at its limit. All others were evicted or timed out.
    private static async Task AssertIsBoundedAsync(Site site, Deployment deployment, HalfOpenConnections connections)
    {
        deployment.Slots.Pending.Should().BeInRange(0, deployment.MaxPending);
        deployment.Server.Slots.Pending.Should().BeInRange(0, deployment.Server.Options.MaxPending);
        await Eventually.HoldsAsync(
            () => site.Log.Count(line =>
                line.Contains("\"evicted\"", StringComparison.Ordinal) || line.Contains("\"timeout\"", StringComparison.Ordinal))
                >= connections.Count - deployment.MaxPending,
            "the log contains the evicted connections");
    }
}
