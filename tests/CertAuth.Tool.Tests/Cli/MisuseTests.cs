using CertAuth.Tests.Support;
using CertAuth.Tool.Commands;
using CertAuth.Tool.Tests.Support;

namespace CertAuth.Tool.Tests.Cli;

/// <summary>What no verb foresees ends as a line and exit code 2, which is neither yes nor no.</summary>
public sealed class MisuseTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly string _ca;
    private readonly string _alice;

    public MisuseTests() => (_ca, _alice) = (_folder.Write("ca.pem", Samples.Ca.Pem), _folder.Write("alice.pem", Samples.AliceCertificate.Pem));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void FaultOfTheTool_IsALineThatSaysSo()
    {
        using StringWriter error = new() { NewLine = "\n" };
        using FailingWriter output = new(new InvalidOperationException("bad\e[2J state"));

        Assert.Equal(2, Run(output, error, "show", _alice));
        Assert.Equal(
            "certauth show: unexpected InvalidOperationException: bad\\u{1B}[2J state That is a fault of certauth; please report it.\n", error.ToString());
    }

    [Theory]
    [InlineData("show")]
    [InlineData("--help")]
    public void OutputThatTakesNoMore_IsALine(string verb)
    {
        using StringWriter error = new() { NewLine = "\n" };
        using FailingWriter output = new(new IOException("No space left on device"));

        Assert.Equal(2, Run(output, error, verb == "show" ? [verb, _alice] : [verb]));
        Assert.EndsWith(": a file or the output failed: No space left on device\n", error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void StandardInput_IsReadOnce()
    {
        ToolResult result = ToolRun.Run(["check", "-", "--ca", "-", "--require", "X509", "--at", Samples.At], Samples.AliceCertificate.Pem.Bytes());

        Assert.Equal((2, "certauth check: standard input can be read once: name a file in place of the second -.\n"), (result.ExitCode, result.Error));
    }

    [Theory]
    [InlineData("--format", "7")]
    [InlineData("--name-form", "0")]
    public void Choice_IsNoNumber(string option, string value) => Assert.Equal(2, ToolRun.Run(["show", _alice, option, value]).ExitCode);

    // Run by root, a rename would take /dev/null away from everybody: so the name here is one that isn't there.
    [Fact]
    public void Device_IsNotReplaced()
    {
        ToolResult result = ToolRun.Run(["bundle", _ca, "--add", _ca, "--output", "/dev/certauth-test-none", "--force"]);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains(OperatingSystem.IsWindows() ? "can't be written" : "devices aren't replaced", result.Error, StringComparison.Ordinal);
    }

    // Each BEGIN line was sought an END line for, to the end of the file: hours for a file of this length.
    [Theory]
    [InlineData("-----BEGIN A-----\n")]
    [InlineData("-----BEGIN CERTIFICATE-----\n")]
    public void ManyBeginLines_AreNoCertificate(string line)
    {
        string path = _folder.Write("many.pem", string.Concat(Enumerable.Repeat(line, 500_000)));

        Assert.Equal(2, ToolRun.Run(["show", path]).ExitCode);
        File.AppendAllText(path, "-----END CERTIFICATE-----\n-----END A-----\n");
        Assert.Equal(2, ToolRun.Run(["show", path]).ExitCode);
    }

    private static int Run(TextWriter output, TextWriter error, params string[] args) => CertAuthTool.Run(
        args, new() { Input = new(Stream.Null), Output = output, Error = error, Style = new(isColoured: false) });

    private sealed class FailingWriter(Exception failure) : StringWriter
    {
        public override void Write(char value) => throw failure;

        public override void Write(string? value) => throw failure;

        public override void WriteLine(string? value) => throw failure;
    }
}
