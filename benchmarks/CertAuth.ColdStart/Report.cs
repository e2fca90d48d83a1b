using System.Runtime.InteropServices;

namespace CertAuth.ColdStart;

/// <summary>The JSON report, in milliseconds.</summary>
internal sealed record Report(string Runtime, string System, int Cores, IReadOnlyList<Report.Build> Builds)
{
    internal static Report Of(IEnumerable<Table> tables) => new(
        RuntimeInformation.FrameworkDescription,
        $"{RuntimeInformation.OSDescription} {RuntimeInformation.ProcessArchitecture}",
        Environment.ProcessorCount,
        [.. tables.Select(table => new Build(table.Build, table.Rows))]);

    internal sealed record Build(string Name, IReadOnlyList<Row> Probes);
}
