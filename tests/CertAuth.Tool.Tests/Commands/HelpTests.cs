using CertAuth.Tool.Tests.Support;

namespace CertAuth.Tool.Tests.Commands;

public sealed class HelpTests
{
    public static TheoryData<string> Commands { get; } = ["show", "check", "require", "bundle", "plan"];

    public static TheoryData<string> Subcommands { get; } =
    [
        "ca new", "ca issue client", "ca issue server", "ca issue intermediate", "ca rotate",
        "token mint", "token verify", "token decode",
        "jwks new", "jwks show", "jwks rotate",
        "cert-info issue", "cert-info verify",
    ];

    [Theory, MemberData(nameof(Subcommands))]
    public void Help_HasExamples_ForASubcommand(string command)
    {
        ToolResult result = ToolRun.Run([.. command.Split(' '), "--help"]);

        (result.ExitCode, result.Error).Should().Be((0, ""));
        result.Output.Should().Contain($"Usage:\n  certauth {command}");
        result.Output[result.Output.IndexOf("Examples:", StringComparison.Ordinal)..].Should().Contain(command.Split(' ')[0]);
    }

    [Theory]
    [InlineData("ca")]
    [InlineData("ca", "issue")]
    [InlineData("token")]
    [InlineData("jwks")]
    [InlineData("cert-info")]
    public void Run_PointsToTheHelp_WhenTheSubcommandIsMissing(params string[] args)
    {
        ToolResult result = ToolRun.Run(args);

        (result.ExitCode, result.Output).Should().Be((2, ""));
        result.Error.Should().EndWith($"Try: certauth {string.Join(' ', args)} --help\n");
    }

    [Theory, MemberData(nameof(Commands))]
    public void Help_HasExamples_ForACommand(string command)
    {
        ToolResult result = ToolRun.Run([command, "--help"]);

        (result.ExitCode, result.Error).Should().Be((0, ""));
        result.Output.Should().Contain($"Usage:\n  certauth {command}");
        result.Output.Should().Contain("--format");
        string examples = result.Output[result.Output.IndexOf("Examples:", StringComparison.Ordinal)..];
        examples.Should().Contain($"certauth {command} ");
    }

    [Theory, MemberData(nameof(Commands))]
    public void Help_ListsEachCommand(string command)
    {
        ToolResult result = ToolRun.Run(["--help"]);

        result.ExitCode.Should().Be(0);
        result.Output.Split('\n').Should().Contain(line => line.StartsWith($"  {command} ", StringComparison.Ordinal));
        result.Output.Should().NotContain("Examples:");
    }

    [Theory]
    [InlineData("shwo")]
    [InlineData("show", "a.pem", "--formt", "json")]
    [InlineData("check", "a.pem", "--tls", "1.1")]
    [InlineData("show")]
    public void Run_FailsWithoutStackTrace_WhenTheCallIsInvalid(params string[] args)
    {
        ToolResult result = ToolRun.Run(args);

        (result.ExitCode, result.Output).Should().Be((2, ""));
        result.Error.Should().StartWith("certauth: ");
        result.Error.Should().NotContain("   at ");
        result.Error.Should().EndWith(" --help\n");
    }
}
