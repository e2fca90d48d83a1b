using CertAuth.Tests.Support;
using CertAuth.Tool.Commands;
using CertAuth.Tool.Tests.Support;
using FluentAssertions;

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
    public void UnexpectedException_PrintsOneLine()
    {
        using StringWriter error = new() { NewLine = "\n" };
        using FailingWriter output = new(new InvalidOperationException("bad\e[2J state"));

        Run(output, error, "show", _alice).Should().Be(2);
        error.ToString().Should().Be(
            "certauth show: unexpected InvalidOperationException: bad\\u{1B}[2J state That is a fault of certauth; please report it.\n");
    }

    [Theory]
    [InlineData("show")]
    [InlineData("--help")]
    public void FailingOutput_PrintsOneLine(string verb)
    {
        using StringWriter error = new() { NewLine = "\n" };
        using FailingWriter output = new(new IOException("No space left on device"));

        Run(output, error, verb == "show" ? [verb, _alice] : [verb]).Should().Be(2);
        error.ToString().Should().EndWith(": a file or the output failed: No space left on device\n");
        error.ToString().Should().NotContain("   at ");
    }

    [Fact]
    public void StandardInput_IsReadOnce()
    {
        ToolResult result = ToolRun.Run(["check", "-", "--ca", "-", "--require", "X509", "--at", Samples.At], Samples.AliceCertificate.Pem.Bytes());

        (result.ExitCode, result.Error).Should().Be(
            (2, "certauth check: standard input can be read once: name a file in place of the second -.\n"));
    }

    [Theory]
    [InlineData("--format", "7")]
    [InlineData("--name-form", "0")]
    public void Choice_RejectsNumbers(string option, string value) => ToolRun.Run(["show", _alice, option, value]).ExitCode.Should().Be(2);

    // Run by root, a rename would take /dev/null away from everybody: so the name here is one that isn't there.
    [Fact]
    public void Device_IsNotReplaced()
    {
        ToolResult result = ToolRun.Run(["bundle", _ca, "--add", _ca, "--output", "/dev/certauth-test-none", "--force"]);

        result.ExitCode.Should().Be(2);
        result.Error.Should().Contain(OperatingSystem.IsWindows() ? "can't be written" : "devices aren't replaced");
    }

    // Each BEGIN line was sought an END line for, to the end of the file: hours for a file of this length.
    [Theory]
    [InlineData("-----BEGIN A-----\n")]
    [InlineData("-----BEGIN CERTIFICATE-----\n")]
    public void ManyBeginLines_AreNoCertificate(string line)
    {
        string path = _folder.Write("many.pem", string.Concat(Enumerable.Repeat(line, 500_000)));

        ToolRun.Run(["show", path]).ExitCode.Should().Be(2);
        File.AppendAllText(path, "-----END CERTIFICATE-----\n-----END A-----\n");
        ToolRun.Run(["show", path]).ExitCode.Should().Be(2);
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
