using System.IO.Compression;
using CertAuth.Tool.Tests.Support;

namespace CertAuth.Tool.Tests.Packed;

/// <summary>Runs each command of the installed tool.</summary>
public sealed class PackedToolTests(PackedTool tool) : IClassFixture<PackedTool>
{
    [Fact]
    public async Task Version_IsThatOfThePackage()
    {
        tool.SkipIfUnavailable();

        (int exitCode, string printed) = await tool.RunAsync("--version");

        exitCode.Should().Be(0);
        printed.Should().MatchRegex(@"^\d+\.\d+\.\d+");
    }

    [Fact]
    public async Task Package_HasItsOwnReadme()
    {
        tool.SkipIfUnavailable();

        await using ZipArchive package = await ZipFile.OpenReadAsync(tool.PackagePath, TestContext.Current.CancellationToken);
        using StreamReader readme = new(package.GetEntry("README.md")!.Open());
        string text = await readme.ReadToEndAsync(TestContext.Current.CancellationToken);

        text.Should().StartWith("# certauth\n").And.Contain("dotnet tool install --global CertAuth.Tool");
    }

    [Fact]
    public async Task ShowCheckBundlePlanRequire_WorkTogether()
    {
        tool.SkipIfUnavailable();
        string ca = Write("ca.pem", Samples.Ca.Pem);
        Directory.CreateDirectory(Path.Combine(tool.FolderPath, "clients"));
        string alice = Write("clients/alice.pem", Samples.AliceCertificate.Pem);
        string accounts = Write("accounts.tsv", "alice\tSUBJECT '/C=US/O=Example/CN=alice'\nbob\tSUBJECT '/CN=bob'\n");

        (int shown, string description) = await tool.RunAsync("show", alice, "--at", Samples.At);
        string clause = description.ReplaceLineEndings("\n").Split('\n')
            .Single(line => line.StartsWith("REQUIRE ", StringComparison.Ordinal));
        shown.Should().Be(0);
        (await tool.RunAsync("check", alice, "--ca", ca, "--require", clause, "--at", Samples.At)).ExitCode.Should().Be(0);
        (await tool.RunAsync("check", alice, "--ca", ca, "--require", "SUBJECT '/CN=bob'", "--at", Samples.At)).ExitCode.Should().Be(1);
        (await tool.RunAsync("require", clause)).Printed.Should().Contain($" {clause}");
        (await tool.RunAsync("bundle", ca)).Printed.Should().Contain("Example CA");
        (int planned, string plan) = await tool.RunAsync(
            "plan", "--bundle", ca, "--certs", Path.Combine(tool.FolderPath, "clients"), "--accounts", accounts, "--at", Samples.At);
        planned.Should().Be(1);
        plan.Trim().Should().EndWith("2 accounts, 1 certificate: 1 no matching certificate, 1 unchanged.");
    }

    [Fact]
    public async Task CaTokenJwksCertInfo_WorkTogether()
    {
        tool.SkipIfUnavailable();
        string folder = Path.Combine(tool.FolderPath, "pki");
        string[][] makes =
        [
            ["ca", "new", "--subject", "/CN=ca", "--folder", folder],
            ["ca", "issue", "client", "--subject", "/CN=alice", "--name", "alice", "--folder", folder],
            ["ca", "issue", "client", "--subject", "/CN=proxy", "--name", "proxy", "--folder", folder],
            ["ca", "rotate", "--folder", folder],
            ["jwks", "new", "--kid", "a", "--folder", folder],
            ["jwks", "rotate", "--kid", "b", "--folder", folder],
            ["jwks", "show", Path.Combine(folder, "jwks.json")],
        ];
        foreach (string[] arguments in makes)
        {
            (int exitCode, string printed) = await tool.RunAsync(arguments);
            exitCode.Should().Be(0, printed);
        }

        string token = (await tool.RunAsync(
            "token", "mint", "--key", Path.Combine(folder, "b-key.pem"), "--kid", "b", "--user", "alice")).Printed.Trim();
        (await tool.RunAsync("token", "decode", token)).Printed.Should().StartWith("NOT VERIFIED");
        (await tool.RunAsync("token", "verify", token, "--jwks", Path.Combine(folder, "jwks.json"), "--user", "alice")).ExitCode
            .Should().Be(0);
        (await tool.RunAsync("token", "verify", token, "--jwks", Path.Combine(folder, "jwks.json"), "--user", "bob")).ExitCode
            .Should().Be(1);

        string[] common = ["--user", "alice", "--challenge", "AQIDBAUGBwgJCgsMDQ4PEBESExQ="];
        (int issued, string info) = await tool.RunAsync(
            [
                "cert-info", "issue", "--client", Path.Combine(folder, "alice-cert.pem"), "--ca", Path.Combine(folder, "ca-bundle.pem"),
                "--cert", Path.Combine(folder, "proxy-cert.pem"), "--key", Path.Combine(folder, "proxy-key.pem"),
                "--format", "json", .. common,
            ]);
        issued.Should().Be(0, info);
        (int verified, string facts) = await tool.RunAsync(
            ["cert-info", "verify", Write("token.json", info), "--signer", Path.Combine(folder, "proxy-cert.pem"), .. common]);
        verified.Should().Be(0);
        facts.Should().Contain("/CN=alice");
    }

    [Theory]
    [InlineData("ca new: ", "ca", "new", "--subject", "CN=a", "--folder", "none")]
    [InlineData("ca issue client: ", "ca", "issue", "client", "--subject", "/CN=a", "--folder", "none")]
    [InlineData("ca rotate: ", "ca", "rotate", "--folder", "none")]
    [InlineData("jwks new: ", "jwks", "new", "--kid", "a/b", "--folder", "none")]
    [InlineData("jwks rotate: ", "jwks", "rotate", "--kid", "a", "--folder", "none")]
    [InlineData("jwks show: ", "jwks", "show", "missing.json")]
    [InlineData("token mint: ", "token", "mint", "--key", "missing.pem", "--kid", "a", "--user", "alice")]
    [InlineData("token verify: ", "token", "verify", "a.b.c", "--jwks", "missing.json", "--user", "alice")]
    [InlineData("token decode: ", "token", "decode", "a.b")]
    [InlineData(
        "cert-info verify: ",
        "cert-info", "verify", "missing.json", "--signer", "missing.pem", "--user", "alice", "--challenge", "AA==")]
    public async Task Subcommand_PrintsOneLineWithoutStackTrace_WhenTheInputIsInvalid(string start, params string[] arguments)
    {
        tool.SkipIfUnavailable();

        (int exitCode, string printed) = await tool.RunAsync(arguments);

        exitCode.Should().Be(2);
        printed.Should().StartWith($"certauth {start}");
        printed.TrimEnd().Split('\n').Should().ContainSingle();
    }

    [Theory]
    [InlineData("show", "missing.pem")]
    [InlineData("check", "missing.pem", "--ca", "missing.pem", "--require", "X509")]
    [InlineData("require", "SUBJECT ''")]
    [InlineData("bundle", "missing.pem")]
    [InlineData("plan", "--bundle", "missing.pem", "--certs", ".", "--accounts", "missing.tsv")]
    public async Task Command_PrintsOneLineWithoutStackTrace_WhenTheInputIsInvalid(params string[] arguments)
    {
        tool.SkipIfUnavailable();

        (int exitCode, string printed) = await tool.RunAsync(arguments);

        exitCode.Should().Be(2);
        printed.Should().StartWith($"certauth {arguments[0]}: ");
        printed.Should().NotContain("   at ");
    }

    private string Write(string name, string content)
    {
        string path = Path.Combine(tool.FolderPath, name);
        File.WriteAllText(path, content);
        return path;
    }
}
