using System.ComponentModel;
using System.Diagnostics;

namespace CertAuth.EndToEnd.Tests.Support;

/// <summary>Runs documented command lines in a shell, in a folder, and answers their prompts.</summary>
internal sealed class OpenSslShell(string folder)
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(5);
    private static readonly Lazy<bool> s_isInstalled = new(Find);

    internal static bool IsInstalled => s_isInstalled.Value;

    /// <summary>Skips the test if openssl is not installed.</summary>
    internal static void SkipIfMissing() => Assert.SkipUnless(IsInstalled, "The openssl command is not installed.");

    /// <summary>Runs a command, asserts that it succeeds, and returns its standard output.</summary>
    /// <param name="command">A command line for the shell.</param>
    /// <param name="answers">The answers to its prompts.</param>
    internal async Task<string> RunAsync(string command, params IEnumerable<string> answers)
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(s_limit);
        using Process process = Start(command, folder);
        Task<string> error = process.StandardError.ReadToEndAsync(limit.Token);
        Task<string> output = process.StandardOutput.ReadToEndAsync(limit.Token);
        await process.StandardInput.WriteAsync(string.Concat(answers.Select(answer => answer + "\n")));
        process.StandardInput.Close();
        await process.WaitForExitAsync(limit.Token);
        process.ExitCode.Should().Be(0, $"{command}: {await error}");
        return (await output).TrimEnd('\n');
    }

    private static bool Find()
    {
        try
        {
            using Process process = Start("openssl version", Path.GetTempPath());
            process.StandardInput.Close();
            process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }

    private static Process Start(string command, string folder) => Process.Start(new ProcessStartInfo("sh", ["-ec", command])
    {
        WorkingDirectory = folder,
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;
}
