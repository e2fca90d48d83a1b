using CertAuth.Tool.Commands;
using CertAuth.Tool.Tests.Support;

namespace CertAuth.Tool.Tests.Cli;

/// <summary>Errors that no command handles itself: the tool prints one line and ends with exit code 2.</summary>
public sealed class MisuseTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly string _ca;
    private readonly string _alice;

    public MisuseTests() =>
        (_ca, _alice) = (_folder.Write("ca.pem", Samples.Ca.Pem), _folder.Write("alice.pem", Samples.AliceCertificate.Pem));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Run_PrintsOneLine_WhenAnExceptionIsUnexpected()
    {
        using StringWriter error = new() { NewLine = "\n" };
        using FailingWriter output = new(new InvalidOperationException("bad\e[2J state"));

        Run(output, error, "show", _alice).Should().Be(2);
        error.ToString().Should().Be(
            "certauth show: Unexpected InvalidOperationException: bad\\u{1B}[2J state This is a bug in certauth; please report it.\n");
    }

    [Theory]
    [InlineData("show")]
    [InlineData("--help")]
    public void Run_PrintsOneLine_WhenTheOutputFails(string command)
    {
        using StringWriter error = new() { NewLine = "\n" };
        using FailingWriter output = new(new IOException("No space left on device"));

        Run(output, error, command == "show" ? [command, _alice] : [command]).Should().Be(2);
        error.ToString().Should().EndWith(": I/O error: No space left on device\n");
        error.ToString().Should().NotContain("   at ");
    }

    [Fact]
    public void Run_FailsWithOneLineError_WhenStandardInputIsReadAgain()
    {
        ToolResult result = ToolRun.Run(
            ["check", "-", "--ca", "-", "--require", "X509", "--at", Samples.At], Samples.AliceCertificate.Pem.ToUtf8());

        (result.ExitCode, result.Error).Should().Be(
            (2, "certauth check: Standard input can be read only once; replace the second - with a file.\n"));
    }

    [Theory]
    [InlineData("--format", "7")]
    [InlineData("--name-format", "0")]
    public void Run_RejectsANumber_WhenAnOptionHasNamedValues(string option, string value) =>
        ToolRun.Run(["show", _alice, option, value]).ExitCode.Should().Be(2);

    // Not /dev/null: if the check failed and the test ran as root, the rename would replace it for all processes.
    [Fact]
    public void Run_FailsWithOneLineError_WhenTheOutputIsADevice()
    {
        ToolResult result = ToolRun.Run(["bundle", _ca, "--add", _ca, "--output", "/dev/certauth-test-none", "--force"]);

        result.ExitCode.Should().Be(2);
        result.Error.Should().Contain(OperatingSystem.IsWindows() ? "cannot be written" : "it is a device");
    }

    // A search for the END line of each BEGIN line takes quadratic time: hours for a file of this length.
    [Theory]
    [InlineData("-----BEGIN A-----\n")]
    [InlineData("-----BEGIN CERTIFICATE-----\n")]
    public void Show_FailsWithOneLineError_WhenManyBeginLinesHaveNoEnd(string line)
    {
        string path = _folder.Write("many.pem", string.Concat(Enumerable.Repeat(line, 500_000)));

        ToolRun.Run(["show", path]).ExitCode.Should().Be(2);
        File.AppendAllText(path, "-----END CERTIFICATE-----\n-----END A-----\n");
        ToolRun.Run(["show", path]).ExitCode.Should().Be(2);
    }

    private static int Run(TextWriter output, TextWriter error, params string[] args) => CertAuthTool.Run(
        args, new() { Input = new(Stream.Null), Output = output, Error = error, Style = new(isColored: false) });

    private sealed class FailingWriter(Exception failure) : StringWriter
    {
        public override void Write(char value) => throw failure;

        public override void Write(string? value) => throw failure;

        public override void WriteLine(string? value) => throw failure;
    }
}
