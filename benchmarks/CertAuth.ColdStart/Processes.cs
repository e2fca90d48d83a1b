using System.Diagnostics;
using System.Globalization;
using CertAuth.ColdStart.Probes;

namespace CertAuth.ColdStart;

/// <summary>Runs each probe in a separate process, in interleaved order.</summary>
internal static class Processes
{
    /// <summary>Runs all probes repeatedly and returns the samples of each in the order of <see cref="Probe.Names"/>.</summary>
    internal static async Task<IReadOnlyList<IReadOnlyList<Sample>>> RunAsync(string program, int runs)
    {
        List<Sample>[] samples = [.. Probe.Names.Select(_ => new List<Sample>())];
        for (int run = 0; run < runs; run++)
        {
            using MaterialFiles files = new();

            // Each round starts with another probe, so that none always follows the same one.
            for (int turn = 0; turn < samples.Length; turn++)
            {
                int i = (turn + run) % samples.Length;
                samples[i].Add(await StartAsync(program, Probe.Names[i], files.Folder));
            }
        }

        return samples;
    }

    private static async Task<Sample> StartAsync(string program, string probe, string folder)
    {
        ProcessStartInfo start = new(program, ["measure", probe, folder]) { RedirectStandardOutput = true };
        using Process process = Process.Start(start)!;
        string line = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{probe}: the login must be accepted, but the process exited with {process.ExitCode}.");

        double[] figures = [.. line.Split(' ').Select(number => double.Parse(number, CultureInfo.InvariantCulture))];
        return new(figures[0], figures[1], figures[2], figures[3], figures[4]);
    }
}
