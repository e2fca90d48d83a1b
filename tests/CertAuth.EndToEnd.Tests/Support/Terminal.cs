using System.Diagnostics;
using System.Text;

namespace CertAuth.EndToEnd.Tests.Support;

/// <summary>Runs a program on a terminal of the Linux command <c>script</c> and types at its prompts.</summary>
internal static class Terminal
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(5);

    /// <summary>Skips the test if the command is not available.</summary>
    internal static void SkipIfMissing() => Assert.SkipUnless(
        OperatingSystem.IsLinux() && ConsoleProgram.Works("script", "--version"),
        "The Linux command script, which creates a terminal, is not available.");

    /// <summary>Returns the arguments of <c>script</c> that run a command on a terminal.</summary>
    internal static string[] Wrap(params IEnumerable<string> command) =>
        ["-q", "-e", "-c", string.Join(' ', command.Select(word => $"'{word}'")), "/dev/null"];

    /// <summary>Types one line at each prompt and returns the text of the screen.</summary>
    /// <param name="start">The <c>script</c> command; see <see cref="Wrap"/>.</param>
    /// <param name="prompt">The prompt of the program.</param>
    /// <param name="lines">The lines to type.</param>
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
