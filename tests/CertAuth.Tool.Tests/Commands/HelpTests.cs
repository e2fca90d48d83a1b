using CertAuth.Tool.Tests.Support;

namespace CertAuth.Tool.Tests.Commands;

public sealed class HelpTests
{
    public static TheoryData<string> Verbs { get; } = ["show", "check", "require", "bundle", "plan"];

    public static TheoryData<string> VerbsOfTwoWords { get; } =
    [
        "ca new", "ca issue client", "ca issue server", "ca issue intermediate", "ca rotate", "token mint", "token verify", "token decode", "jwks new", "jwks show", "jwks rotate",
        "cert-info issue", "cert-info verify",
    ];

    [Theory, MemberData(nameof(VerbsOfTwoWords))]
    public void Help_OfAVerbOfTwoWords_HasExamples(string verb)
    {
        ToolResult result = ToolRun.Run([.. verb.Split(' '), "--help"]);

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Contains($"Usage:\n  certauth {verb}", result.Output, StringComparison.Ordinal);
        Assert.Contains(verb.Split(' ')[0], result.Output[result.Output.IndexOf("Examples:", StringComparison.Ordinal)..], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ca")]
    [InlineData("ca", "issue")]
    [InlineData("token")]
    [InlineData("jwks")]
    [InlineData("cert-info")]
    public void GroupAlone_SaysWhereTheHelpIs(params string[] args)
    {
        ToolResult result = ToolRun.Run(args);

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.EndsWith($"Try: certauth {string.Join(' ', args)} --help\n", result.Error, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Verbs))]
    public void Help_OfAVerb_HasExamples(string verb)
    {
        ToolResult result = ToolRun.Run([verb, "--help"]);

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Contains($"Usage:\n  certauth {verb}", result.Output, StringComparison.Ordinal);
        Assert.Contains("--format", result.Output, StringComparison.Ordinal);
        string examples = result.Output[result.Output.IndexOf("Examples:", StringComparison.Ordinal)..];
        Assert.Contains($"certauth {verb} ", examples, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Verbs))]
    public void Help_OfTheTool_HasALineForEachVerb(string verb)
    {
        ToolResult result = ToolRun.Run(["--help"]);

        Assert.Equal(0, result.ExitCode);
        Assert.Contains(result.Output.Split('\n'), line => line.StartsWith($"  {verb} ", StringComparison.Ordinal));
        Assert.DoesNotContain("Examples:", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("shwo")]
    [InlineData("show", "a.pem", "--formt", "json")]
    [InlineData("check", "a.pem", "--tls", "1.1")]
    [InlineData("show")]
    public void MisspeltCall_IsAMistakeAndNoTrace(params string[] args)
    {
        ToolResult result = ToolRun.Run(args);

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.StartsWith("certauth: ", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
        Assert.EndsWith(" --help\n", result.Error, StringComparison.Ordinal);
    }
}
