using System.Diagnostics;
using System.Text;

namespace CertAuth.EndToEnd.Tests.Support;

/// <summary>Runs a program on a terminal, which the <c>script</c> command of Linux makes, and types when it prompts.</summary>
internal static class Terminal
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(5);

    /// <summary>Skips the test where there is no such command.</summary>
    internal static void Need() => Assert.SkipUnless(
        OperatingSystem.IsLinux() && ConsoleProgram.Works("script", "--version"), "The script command of Linux, which makes a terminal, is absent.");

    /// <summary>The arguments of <c>script</c> that run a command on a terminal.</summary>
    internal static string[] Wrap(params IEnumerable<string> command) =>
        ["-q", "-e", "-c", string.Join(' ', command.Select(word => $"'{word}'")), "/dev/null"];

    /// <summary>Types one line at each prompt; gives all that the screen showed.</summary>
    /// <param name="start">The <c>script</c> command: see <see cref="Wrap"/>.</param>
    /// <param name="prompt">What the program shows when it waits for a line.</param>
    /// <param name="lines">What is typed.</param>
    internal static async Task<string> TypeAsync(ProcessStartInfo start, string prompt, params string[] lines)
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(s_limit);
        using Process process = ConsoleProgram.Start(start);
        StringBuilder screen = new();
        try
        {
            char[] buffer = new char[4096];
            for (int typed = 0, read; (read = await process.StandardOutput.ReadAsync(buffer, limit.Token)) > 0;)
            {
                screen.Append(buffer, 0, read);
                for (int prompts = screen.ToString().Split(prompt).Length - 1; typed < Math.Min(prompts, lines.Length); typed++)
                    await process.StandardInput.WriteAsync((lines[typed] + "\r").AsMemory(), limit.Token);
                await process.StandardInput.FlushAsync(limit.Token);
            }

            await process.WaitForExitAsync(limit.Token);
            return screen.ToString();
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"The screen showed:\n{screen}");
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }
}
