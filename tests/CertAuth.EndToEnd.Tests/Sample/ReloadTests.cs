using CertAuth.EndToEnd.Tests.Protocol;
using CertAuth.EndToEnd.Tests.Support;

namespace CertAuth.EndToEnd.Tests.Sample;

/// <summary>The sample reloads its files at intervals and at a signal.</summary>
public sealed class ReloadTests
{
    private static readonly string[] s_twoAccounts =
        ["u1\tREQUIRE SUBJECT '/C=NL/O=Example/CN=u1'", "# a comment", "u2\tREQUIRE SAN 'URI:spiffe://certauth.example/u2'"];

    [Fact]
    public async Task Sighup_Reloads_AndSigtermStops()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There are no signals on Windows.");
        Assert.SkipWhen(
            SampleProcess.InheritsIgnoredHangUp(), "This process ignores SIGHUP, as under nohup, and child processes inherit that.");
        await using Site site = new();
        using SampleProcess sample = await SampleProcess.StartAsync(site.Folder);

        await SampleProcess.WriteAccountsAsync(site.Folder, s_twoAccounts);
        await sample.SignalAsync("HUP");
        (await sample.WaitForAsync("accounts: ")).Should().Contain("Loaded accounts: 2 accounts");

        await sample.SignalAsync("TERM");
        (await sample.WaitForExitAsync()).Should().Be(0);
    }

    [Fact]
    public async Task Poll_DetectsTheChange()
    {
        await using Site site = new();
        using SampleProcess sample = await SampleProcess.StartAsync(site.Folder, pollSeconds: "1");
        await SampleProcess.WriteAccountsAsync(site.Folder, s_twoAccounts);
        (await sample.WaitForAsync("accounts: ")).Should().Contain("Loaded accounts: 2 accounts");
    }

    // Attack: a login with a certificate of a CA that was removed because its key was compromised.
    [Fact]
    public async Task ChangeUser_IsRejected_AfterTheCaWasRemoved()
    {
        await using Site site = new();
        using SampleProcess sample = await SampleProcess.StartAsync(site.Folder, pollSeconds: "1");
        using RawClient client = await RawClient.LogInAsync(sample.Address, "u1", RawClient.CreateTls(site.Folder, "u1"));
        await client.SendAsync(0, LoginPackets.ChangeTo("u1"));
        await client.AssertOkAsync();

        SiteAuthority.Replace(site.Folder.Ca, TestCertificateAuthority.Create(SiteAuthority.NameOf("Example CA")).Pem);
        await sample.WaitForAsync("Loaded trust-bundle");
        await client.SendAsync(0, LoginPackets.ChangeTo("u1"));

        await client.AssertErrorAsync(1045);
        await client.AssertClosedAsync();
        (await sample.WaitForAsync("\"login\",\"details\":{\"connection\":1,\"user\":\"u1\",\"host\":\"127.0.0.1\",\"result\":\"rejected"))
            .Should().Contain("rejected (203)");
    }
}
