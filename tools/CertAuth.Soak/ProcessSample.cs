using System.Diagnostics;
using System.Globalization;

namespace CertAuth.Soak;

/// <summary>The resources of the process at one time.</summary>
internal readonly record struct ProcessSample(
TimeSpan At, double ResidentMiB, double ManagedMiB, int Handles, int Threads, int Gen0, int Gen2)
{
    private const double MiB = 1024 * 1024;

    internal static string Header { get; } =
 $"{"seconds",8}{"RSS MiB",10}{"heap MiB",10}{"handles",9}{"threads",9}{"gen0 GCs",10}{"gen2 GCs",10}";

    internal static ProcessSample Take(TimeSpan at)
    {
        using Process process = Process.GetCurrentProcess();
        int handles = OperatingSystem.IsLinux() ? Directory.EnumerateFileSystemEntries("/proc/self/fd").Count() : process.HandleCount;
        return new(
            at,
            process.WorkingSet64 / MiB,
            GC.GetTotalMemory(forceFullCollection: false) / MiB,
            handles,
            process.Threads.Count,
            GC.CollectionCount(0),
            GC.CollectionCount(2));
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{At.TotalSeconds,8:0}{ResidentMiB,10:0.0}{ManagedMiB,10:0.0}{Handles,9}{Threads,9}{Gen0,10}{Gen2,10}");
}
