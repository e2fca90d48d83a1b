using CertAuth.Tool.Tests.Support;

namespace CertAuth.Tool.Tests.Packed;

/// <summary>Each verb through the installed command.</summary>
public sealed class PackedToolTests(PackedTool tool) : IClassFixture<PackedTool>
{
    [Fact]
    public async Task Version_IsThatOfThePackage()
    {
        tool.Need();

        (int exitCode, string printed) = await tool.RunAsync("--version");

        Assert.Equal(0, exitCode);
        Assert.Matches(@"^\d+\.\d+\.\d+", printed);
    }

    [Fact]
    public async Task ShowCheckBundlePlanRequire_WorkTogether()
    {
        tool.Need();
        string ca = Write("ca.pem", Samples.Ca.Pem);
        Directory.CreateDirectory(Path.Combine(tool.FolderPath, "clients"));
        string alice = Write("clients/alice.pem", Samples.AliceCertificate.Pem);
        string accounts = Write("accounts.tsv", "alice\tSUBJECT '/C=US/O=Example/CN=alice'\nbob\tSUBJECT '/CN=bob'\n");

        (int shown, string description) = await tool.RunAsync("show", alice, "--at", Samples.At);
        string clause = description.ReplaceLineEndings("\n").Split('\n').Single(line => line.StartsWith("REQUIRE ", StringComparison.Ordinal));
        Assert.Equal(0, shown);
        Assert.Equal(0, (await tool.RunAsync("check", alice, "--ca", ca, "--require", clause, "--at", Samples.At)).ExitCode);
        Assert.Equal(1, (await tool.RunAsync("check", alice, "--ca", ca, "--require", "SUBJECT '/CN=bob'", "--at", Samples.At)).ExitCode);
        Assert.StartsWith($"clause  {clause}", (await tool.RunAsync("require", clause)).Printed, StringComparison.Ordinal);
        Assert.Contains("Example CA", (await tool.RunAsync("bundle", ca)).Printed, StringComparison.Ordinal);
        (int planned, string plan) = await tool.RunAsync("plan", "--bundle", ca, "--certs", Path.Combine(tool.FolderPath, "clients"), "--accounts", accounts, "--at", Samples.At);
        Assert.Equal(1, planned);
        Assert.EndsWith("2 accounts, 1 certificate: 1 no certificate, 1 as before.", plan.Trim(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("show", "missing.pem")]
    [InlineData("check", "missing.pem", "--ca", "missing.pem", "--require", "X509")]
    [InlineData("require", "SUBJECT ''")]
    [InlineData("bundle", "missing.pem")]
    [InlineData("plan", "--bundle", "missing.pem", "--certs", ".", "--accounts", "missing.tsv")]
    public async Task Mistake_IsALineAndNoTrace(params string[] arguments)
    {
        tool.Need();

        (int exitCode, string printed) = await tool.RunAsync(arguments);

        Assert.Equal(2, exitCode);
        Assert.StartsWith($"certauth {arguments[0]}: ", printed, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", printed, StringComparison.Ordinal);
    }

    private string Write(string name, string content)
    {
        string path = Path.Combine(tool.FolderPath, name);
        File.WriteAllText(path, content);
        return path;
    }
}
