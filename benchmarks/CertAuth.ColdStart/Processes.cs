using System.Diagnostics;
using System.Globalization;
using CertAuth.ColdStart.Probes;

namespace CertAuth.ColdStart;

/// <summary>Runs each probe in a process of its own, all of them in turns.</summary>
internal static class Processes
{
    /// <summary>Runs all probes so many times; the samples of each, in the order of <see cref="Probe.Names"/>.</summary>
    internal static async Task<IReadOnlyList<IReadOnlyList<Sample>>> RunAsync(string program, int runs)
    {
        List<Sample>[] samples = [.. Probe.Names.Select(_ => new List<Sample>())];
        for (int run = 0; run < runs; run++)
        {
            using MaterialFiles files = new();

            // Another one begins each time, so that none always follows the same neighbour.
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
            throw new InvalidOperationException($"{probe}: the login must be accepted, but the process ended with {process.ExitCode}.");

        double[] figures = [.. line.Split(' ').Select(number => double.Parse(number, CultureInfo.InvariantCulture))];
        return new(figures[0], figures[1], figures[2], figures[3], figures[4]);
    }
}

/// <summary>The milliseconds of one first login.</summary>
/// <param name="Native">OpenSSL loaded.</param>
/// <param name="Prepare">Keys and certificates read, what decides made.</param>
/// <param name="Decide">The first decision.</param>
/// <param name="Jit">What the JIT took of the last two.</param>
/// <param name="Methods">How many methods it compiled; no milliseconds.</param>
internal readonly record struct Sample(double Native, double Prepare, double Decide, double Jit, double Methods)
{
    internal double Whole => Prepare + Decide;
}
