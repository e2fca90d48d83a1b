using CertAuth.EndToEnd.Tests.Support;
using FluentAssertions;

namespace CertAuth.EndToEnd.Tests;

/// <summary>The program's handling of signals.</summary>
public sealed class SignalTests
{
    [Fact]
    public async Task Sighup_Reloads_AndSigtermStops()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There are no signals on Windows.");
        Assert.SkipWhen(
            ServerProcess.InheritsIgnoredHangUp(), "This process ignores SIGHUP, as under nohup, and child processes inherit that.");
        await using Site site = new();
        using ServerProcess server = new(site.Folder, "--poll", "86400");
        await server.WaitForAsync("\"listening\"");

        await File.WriteAllTextAsync(site.Folder.Accounts, "CREATE USER only REQUIRE SSL;", TestContext.Current.CancellationToken);
        await server.SignalAsync("HUP");
        (await server.WaitForAsync("accounts: ")).Should().Contain("Loaded accounts: 1 accounts");

        await server.SignalAsync("TERM");
        (await server.WaitForExitAsync()).Should().Be(0);
    }

    [Fact]
    public async Task Poll_DetectsTheChange()
    {
        await using Site site = new();
        using ServerProcess server = new(site.Folder, "--poll", "1");
        await server.WaitForAsync("\"listening\"");
        await File.WriteAllTextAsync(site.Folder.Accounts, "CREATE USER only REQUIRE SSL;", TestContext.Current.CancellationToken);
        (await server.WaitForAsync("accounts: ")).Should().Contain("Loaded accounts: 1 accounts");
    }
}
