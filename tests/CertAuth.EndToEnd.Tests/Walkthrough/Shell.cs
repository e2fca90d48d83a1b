using System.Diagnostics;
using System.Globalization;
using System.Text;
using CertAuth.EndToEnd.Tests.Support;

namespace CertAuth.EndToEnd.Tests.Walkthrough;

/// <summary>Runs the steps of a walkthrough in one bash in a separate folder, and ends the processes that they start.</summary>
internal static class Shell
{
    /// <summary>Skips the test if bash is not installed.</summary>
    internal static void SkipIfMissing() => Assert.SkipUnless(ConsoleProgram.Works("bash", "--version"), "bash is not installed.");

    /// <summary>Returns a problem for each step that fails or the output of which differs from the text.</summary>
    internal static async Task<string[]> FindProblemsAsync(DirectoryInfo folder, IReadOnlyList<Step> steps)
    {
        string mark = $"@{Guid.NewGuid():N}@";
        StringBuilder script = new("exec 2>&1\ntrap 'kill $(jobs -p) 2>/dev/null' EXIT\n");
        foreach (Step step in steps)
            script.Append(CultureInfo.InvariantCulture, $"{step.Command}\nprintf '\\n%s%s' $? {mark}\n");
        string file = Path.Combine(folder.FullName, "walkthrough.sh");
        await File.WriteAllTextAsync(file, script.ToString(), TestContext.Current.CancellationToken);

        ProcessStartInfo start = new("bash", [file]) { WorkingDirectory = folder.FullName };
        start.Environment["HOME"] = folder.FullName;
        string[] outputs = (await ConsoleProgram.RunAsync(start)).Split(mark);
        if (outputs.Length <= steps.Count)
            throw new InvalidOperationException($"The shell ended after {outputs[^1]}");
        return [.. steps.Zip(outputs, Check).OfType<string>()];
    }

    // If the text shows no output, the command must succeed. If it shows output, only the output is compared.
    private static string? Check(Step step, string output)
    {
        int end = output.LastIndexOf('\n');
        (string printed, string status) = (output[..Math.Max(end, 0)], output[(end + 1)..]);
        if (step.Shown is null && status != "0")
            return $"$ {step.Command}\nended with {status} and printed\n{printed}";
        return step.IsShown(printed) ? null : $"$ {step.Command}\nis shown as\n{step.Shown}\nand printed\n{printed}";
    }
}
