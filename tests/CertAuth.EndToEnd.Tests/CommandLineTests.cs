using System.Diagnostics;
using CertAuth.EndToEnd.Tests.Support;
using FluentAssertions;

namespace CertAuth.EndToEnd.Tests;

/// <summary>The output and exit code of the program.</summary>
public sealed class CommandLineTests
{
    [Theory]
    [InlineData("--help")]
    [InlineData("-h")]
    [InlineData("help")]
    [InlineData("server --help")]
    [InlineData("proxy --server 127.0.0.1:4000 -h")]
    [InlineData("init --folder x --help")]
    public async Task Help_PrintsTheUsageToStandardOutput(string arguments)
    {
        (int status, string output, string error) = await RunAsync(arguments.Split(' '));

        (status, error).Should().Be((0, ""));
        output.Should().StartWith("MySqlLogin init ").And.Contain("MySqlLogin proxy ");
    }

    [Theory]
    [InlineData("", 2, "A command is missing.")]
    [InlineData("serve", 2, "The command 'serve' is unknown.")]
    [InlineData("server --hepl", 1, "The option --hepl is unknown to this command.")]
    public async Task InvalidArguments_PrintAnErrorToStandardError(string arguments, int expected, string message)
    {
        (int status, string output, string error) = await RunAsync(arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        (status, output).Should().Be((expected, ""));
        error.Should().StartWith(message);
    }

    private static async Task<(int Status, string Output, string Error)> RunAsync(string[] arguments)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "CertAuth.MySqlServer.dll");
        using Process process = ConsoleProgram.Start(new("dotnet", [program, .. arguments]));
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        Task<string> error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output, await error);
    }
}
