using System.Globalization;
using System.Text;
using CertAuth.ColdStart.Probes;

namespace CertAuth.ColdStart;

/// <summary>The medians of one way to publish, in milliseconds.</summary>
internal sealed class Table(string build, IReadOnlyList<IReadOnlyList<Sample>> samples)
{
    // For ReadyToRun. The preparation counts as well.
    private const double Goal = 10;

    internal string Build => build;

    internal IReadOnlyList<Row> Rows { get; } =
    [
        .. Probe.Names.Zip(samples, (name, of) => new Row(
            name,
            Spread.Of(of, s => s.Native),
            Spread.Of(of, s => s.Prepare),
            Spread.Of(of, s => s.Decide),
            Spread.Of(of, s => s.Whole),
            Spread.Of(of, s => s.Jit),
            Spread.Of(of, s => s.Methods),
            build == "ReadyToRun" && name is "token" or "cert-info" ? Goal : null)),
    ];

    internal bool IsMissed => Rows.Any(row => row.Verdict == "MISSED");

    public override string ToString()
    {
        StringBuilder text = new();
        text.AppendLine(
            CultureInfo.InvariantCulture,
            $"{build + ", ms",-16}{"OpenSSL",9}{"prepare",9}{"decide",9}{"both",9}{"min",9}{"max",9}{"JIT",9}{"methods",9}{"goal",7}");
        foreach (Row row in Rows)
        {
            text.AppendLine(
                CultureInfo.InvariantCulture,
                $"{row.Name,-16}{row.Native.Median,9:0.00}{row.Prepare.Median,9:0.00}{row.Decide.Median,9:0.00}{row.Whole.Median,9:0.00}"
                + $"{row.Whole.Min,9:0.00}{row.Whole.Max,9:0.00}{row.Jit.Median,9:0.00}{row.Methods.Median,9:0}"
                + $"{row.Goal,7:0}{row.Verdict,8}");
        }

        return text.ToString();
    }
}
