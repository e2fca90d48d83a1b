using System.Text.RegularExpressions;
using CertAuth.EndToEnd.Tests.Support;
using CertAuth.MySqlServer.Server;

namespace CertAuth.EndToEnd.Tests.MariaDb;

/// <summary>The last lines of <c>\s</c>: the statistics of the server itself, not of the machine.</summary>
public sealed class ServerStatisticsTests
{
    [Fact]
    public async Task Status_ShowsTheUptimeOfTheServer()
    {
        MariaDbClient.SkipIfMissing();
        FixedClock clock = new(TimeProvider.System.GetUtcNow());
        await using Site site = new();
        LoginServer server = await site.StartServerAsync(options => options with { Clock = clock });
        MariaDbClient client = site.Client(server.Address);
        ReadUptime(await client.RunAsync("u1", "u1", "\\s")).Should().Be("0 sec");

        clock.Advance(new TimeSpan(days: 3, hours: 2, minutes: 4, seconds: 5));

        ReadUptime(await client.RunAsync("u1", "u1", "\\s")).Should().Be("3 days 2 hours 4 min 5 sec");
    }

    [Fact]
    public async Task Status_CountsSessionsAndStatements()
    {
        MariaDbClient.SkipIfMissing();
        await using Site site = new();
        LoginServer server = await site.StartServerAsync();
        using RawClient other = await RawClient.LogInAsync(server.Address, "u1", RawClient.CreateTls(site.Folder, "u1"));

        string first = await site.Client(server.Address).RunAsync("u1", "u1", "\\s");
        string second = await site.Client(server.Address).RunAsync("u1", "u1", "select 1; select 2; \\s");

        (int threads, int questions) = ReadCounts(first);
        threads.Should().Be(2);
        questions.Should().BePositive();

        // The statements of the first session, the same number again, and two more.
        ReadCounts(second).Should().Be((2, questions + questions + 2));
    }

    private static string ReadUptime(string status) => Regex.Match(status, @"^Uptime:\t+(.+)$", RegexOptions.Multiline).Groups[1].Value;

    private static (int Threads, int Questions) ReadCounts(string status)
    {
        Match counts = Regex.Match(status, @"^Threads: (\d+)  Questions: (\d+)$", RegexOptions.Multiline);
        return (int.Parse(counts.Groups[1].ValueSpan), int.Parse(counts.Groups[2].ValueSpan));
    }
}
