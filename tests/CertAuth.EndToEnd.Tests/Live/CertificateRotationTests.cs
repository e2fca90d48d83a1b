using CertAuth.EndToEnd.Tests.Support;
using CertAuth.MySqlServer.Server;

namespace CertAuth.EndToEnd.Tests.Live;

/// <summary>The steps of "Update and replace certificate" in TiDB's documentation, "Certificate-Based Authentication for Login", while real
/// clients log in.</summary>
public sealed class CertificateRotationTests
{
    private const string Account = $"CREATE USER 'c1'@'%' REQUIRE SUBJECT '/C=NL/O=Example/CN=c1' ISSUER '{SiteAuthority.Name}';";
    private const string Statement = "select current_user()", LoggedIn = "c1@%";
    private static readonly DateTimeOffset s_newEnd = TimeProvider.System.GetUtcNow().AddYears(3);

    // The documented commands make version 1 certificates, for which only the signature distinguishes the two CAs. OpenSSL in the client
    // also sends the first CA with the name of the issuer. If that is the wrong one, .NET's handshake fails before the certificate is
    // validated.
    [Theory]
    [InlineData(TestCertificateVersion.V3, true)]
    [InlineData(TestCertificateVersion.V1, false)]
    public async Task Logins_Succeed_WhileTheCaIsReplaced(TestCertificateVersion version, bool byPoll)
    {
        MariaDbClient.SkipIfMissing();
        await using Site site = new();
        SiteAuthority old = Prepare(site, version);
        LoginServer server = await site.StartServerAsync(o => byPoll ? o with { PollInterval = TimeSpan.FromSeconds(1) } : o);
        Func<Task> settle(Func<object> current) => WaitForChange(current, byPoll ? null : server.Files.ReloadAsync);
        RotatingClient client = new(site, server.Address);
        await using LoginLoop loop = new(client.LogInAsync, LoggedIn);
        SiteAuthority next = old.Rotate();
        string combined = next.Ca.Pem + old.Ca.Pem;
        string combinedForOld = version == TestCertificateVersion.V1 ? old.Ca.Pem + next.Ca.Pem : combined;
        WriteClient(next, "new", version);

        await loop.StepAsync("before", () => Task.CompletedTask);
        Func<Task> wait = settle(() => server.Files.Clients.Current);
        await loop.StepAsync("combined CA on the server", () => WriteAsync(() => SiteAuthority.Replace(site.Folder.Ca, combined), wait));
        await loop.StepAsync("combined CA on the client", () => client.UseAsync(combinedForOld, "old"));
        wait = settle(() => server.Files.Certificate.Current);
        await loop.StepAsync("new server certificate", () => WriteAsync(() => next.WriteServer(), wait));
        await loop.StepAsync("new client certificate", () => client.UseAsync(combined, "new"));
        wait = settle(() => server.Files.Clients.Current);
        await loop.StepAsync(
                "old CA removed from the server", () => WriteAsync(() => SiteAuthority.Replace(site.Folder.Ca, next.Ca.Pem), wait));
        await loop.StepAsync("old CA removed from the client", () => client.UseAsync(next.Ca.Pem, "new"));
        (await loop.EndAsync()).Should().BeGreaterThanOrEqualTo(60);

        (await client.LogInAsync("old")).Should().StartWith("ERROR 2026");
        string why = version == TestCertificateVersion.V1 ? "\"problem\"" : "\"reason\"";
        site.Log.Should().Contain(
            line => line.Contains("\"handshake\"", StringComparison.Ordinal) && line.Contains(why, StringComparison.Ordinal));

        // The client also verifies: only the new CA issued the server's certificate.
        await client.UseAsync(old.Ca.Pem, "new");
        (await client.LogInAsync()).Should().StartWith("ERROR 2026");
    }

    [Fact]
    public async Task Logins_Succeed_WhileTheClientCertificateIsReplaced()
    {
        MariaDbClient.SkipIfMissing();
        await using Site site = new();
        SiteAuthority authority = Prepare(site);
        LoginServer server = await site.StartServerAsync();
        RotatingClient client = new(site, server.Address);
        await using LoginLoop loop = new(client.LogInAsync, LoggedIn);
        await loop.StepAsync("before", () => Task.CompletedTask);
        WriteClient(authority, "new", TestCertificateVersion.V3);
        await loop.StepAsync("new client certificate", () => client.UseAsync(authority.Ca.Pem, "new"));
        (await loop.EndAsync()).Should().BeGreaterThanOrEqualTo(20);
        (await client.LogInAsync("old")).Should().Be(LoggedIn);
    }

    [Fact]
    public async Task Logins_Succeed_WhileTheServerCertificateIsReplaced()
    {
        MariaDbClient.SkipIfMissing();
        await using Site site = new();
        SiteAuthority authority = Prepare(site);
        LoginServer server = await site.StartServerAsync();
        RotatingClient client = new(site, server.Address);
        string before = await ShowEndAsync(site, server);
        await using LoginLoop loop = new(client.LogInAsync, LoggedIn);
        await loop.StepAsync("before", () => Task.CompletedTask);
        Func<Task> wait = WaitForChange(() => server.Files.Certificate.Current, server.Files.ReloadAsync);
        await loop.StepAsync("new server certificate", () => WriteAsync(() => authority.WriteServer(s_newEnd), wait));
        (await loop.EndAsync()).Should().BeGreaterThanOrEqualTo(20);

        string after = await ShowEndAsync(site, server);
        after.Should().NotBe(before);
        after.Should().Contain($"{s_newEnd.UtcDateTime:HH:mm:ss yyyy} UTC");
    }

    [Fact]
    public async Task Logins_Succeed_WhileTheCaIsReplacedBehindAProxy()
    {
        MariaDbClient.SkipIfMissing();
        await using Site site = new();
        SiteAuthority old = Prepare(site);
        LoginServer server = await site.StartServerBehindProxyAsync();
        var proxy = await site.StartProxyAsync(server);
        Task reload() => Task.WhenAll(server.Files.ReloadAsync(), proxy.Files.ReloadAsync());
        RotatingClient client = new(site, proxy.Address);
        await using LoginLoop loop = new(client.LogInAsync, LoggedIn);
        SiteAuthority next = old.Rotate();
        string combined = next.Ca.Pem + old.Ca.Pem;
        WriteClient(next, "new", TestCertificateVersion.V3);

        await loop.StepAsync("before", () => Task.CompletedTask);
        Func<Task> wait = WaitForChange(() => (server.Files.Clients.Current, proxy.Files.Clients.Current), reload);
        await loop.StepAsync(
            "combined CA on server and proxy", () => WriteAsync(() => SiteAuthority.Replace(site.Folder.Ca, combined), wait));
        await loop.StepAsync("combined CA on the client", () => client.UseAsync(combined, "old"));
        wait = WaitForChange(() => server.Files.Certificate.Current, reload);
        await loop.StepAsync("new server certificate", () => WriteAsync(() => next.WriteServer(), wait));
        wait = WaitForChange(() => proxy.Files.Certificate.Current, reload);
        await loop.StepAsync("new proxy certificate", () => WriteAsync(() => next.WriteProxy(), wait));
        await loop.StepAsync("new client certificate", () => client.UseAsync(combined, "new"));
        wait = WaitForChange(() => (server.Files.Clients.Current, proxy.Files.Clients.Current), reload);
        await loop.StepAsync(
            "old CA removed from server and proxy", () => WriteAsync(() => SiteAuthority.Replace(site.Folder.Ca, next.Ca.Pem), wait));
        await loop.StepAsync("old CA removed from the client", () => client.UseAsync(next.Ca.Pem, "new"));
        (await loop.EndAsync()).Should().BeGreaterThanOrEqualTo(60);
        (await client.LogInAsync("old")).Should().StartWith("ERROR 2026");
    }

    private static SiteAuthority Prepare(Site site, TestCertificateVersion version = TestCertificateVersion.V3)
    {
        SiteAuthority authority = SiteAuthority.Install(site.Folder);
        SiteAuthority.Replace(site.Folder.Accounts, Account);
        WriteClient(authority, "old", version);
        return authority;
    }

    private static void WriteClient(SiteAuthority authority, string pair, TestCertificateVersion version) =>
        authority.WriteClient(pair, new TestCertificateRequest { Subject = SiteAuthority.NameOf("c1"), Version = version });

    /// <summary>Returns a wait until the current value has changed, after an optional reload.</summary>
    private static Func<Task> WaitForChange(Func<object> current, Func<Task>? reload)
    {
        object before = current();
        return async () =>
        {
            if (reload is not null)
                await reload();
            await Eventually.HoldsAsync(() => !current().Equals(before), "the new file is in use");
        };
    }

    private static async Task WriteAsync(Action write, Func<Task> wait)
    {
        write();
        await wait();
    }

    private static Task<string> ShowEndAsync(Site site, LoginServer server) =>
        site.Client(server.Address).RunAsync("c1", "old", "show status like 'Ssl_server_not_after'");

    /// <summary>A client with its own CA file and certificate, which it replaces at once, like a configuration.</summary>
    private sealed class RotatingClient(Site site, System.Net.IPEndPoint address)
    {
        private volatile Use _use = new("old", Write(site, File.ReadAllText(site.Folder.Ca)));

        internal Task<string> LogInAsync() => LogInAsync(_use);

        internal Task<string> LogInAsync(string pair) => LogInAsync(_use with { Pair = pair });

        internal Task UseAsync(string authorities, string pair)
        {
            _use = new(pair, Write(site, authorities));
            return Task.CompletedTask;
        }

        private static string Write(Site site, string authorities)
        {
            string file = site.Folder.In($"client-ca-{Guid.NewGuid():N}.pem");
            File.WriteAllText(file, authorities);
            return file;
        }

        private Task<string> LogInAsync(Use use) =>
            site.Client(address).RunAsync("c1", use.Pair, Statement, "--ssl-ca", use.CaFile, "--ssl-verify-server-cert");

        private sealed record Use(string Pair, string CaFile);
    }
}
