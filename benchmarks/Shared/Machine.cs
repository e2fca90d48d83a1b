using System.Runtime.InteropServices;

namespace CertAuth.Benchmarks;

/// <summary>The machine of a run.</summary>
internal sealed record Machine(string Processor, int Cores, string System, string Runtime, DateTimeOffset Taken)
{
    private const string ProcessorInfo = "/proc/cpuinfo";

    internal static Machine Describe() => new(
        ProcessorName(), Environment.ProcessorCount, RuntimeInformation.OSDescription, RuntimeInformation.FrameworkDescription,
        TimeProvider.System.GetUtcNow());

    public override string ToString() => $"{Processor}, {Cores} cores; {System}; {Runtime}; {Taken:yyyy-MM-dd HH:mm} UTC";

    private static string ProcessorName()
    {
        string? line = File.Exists(ProcessorInfo)
            ? File.ReadLines(ProcessorInfo).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))
            : null;
        return line?.Split(':', 2)[1].Trim() ?? $"{RuntimeInformation.ProcessArchitecture}";
    }
}
