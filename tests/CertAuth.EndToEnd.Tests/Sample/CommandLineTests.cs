using System.Diagnostics;

namespace CertAuth.EndToEnd.Tests.Sample;

/// <summary>The output and exit code of the sample for arguments and files that it cannot use.</summary>
public sealed class CommandLineTests
{
    [Theory]
    [InlineData("", 2, "usage: MySqlLogin FOLDER ADDRESS:PORT SECONDS")]
    [InlineData("--help", 2, "usage: MySqlLogin FOLDER ADDRESS:PORT SECONDS")]
    [InlineData(". 127.0.0.1:0", 2, "usage: MySqlLogin FOLDER ADDRESS:PORT SECONDS")]
    [InlineData(". localhost:0 1", 2, "usage: MySqlLogin FOLDER ADDRESS:PORT SECONDS")]
    [InlineData(". 127.0.0.1:0 0", 2, "usage: MySqlLogin FOLDER ADDRESS:PORT SECONDS")]
    [InlineData(". 127.0.0.1:0 -1", 2, "usage: MySqlLogin FOLDER ADDRESS:PORT SECONDS")]
    [InlineData("missing-folder 127.0.0.1:0 1", 1, "server-certificate: ")]
    public async Task InvalidArguments_PrintAnErrorToStandardError(string arguments, int expected, string message)
    {
        using Process process = SampleProcess.Start(arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        string error = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        (process.ExitCode, await output).Should().Be((expected, ""));
        error.Should().StartWith(message);
    }
}
