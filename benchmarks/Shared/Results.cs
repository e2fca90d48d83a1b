using System.Text.Encodings.Web;
using System.Text.Json;

namespace CertAuth.Benchmarks;

/// <summary>What the programs do with figures.</summary>
internal static class Results
{
    internal const string SmokeNotice = "This is a smoke run: the figures are not meaningful.";

    private static readonly JsonSerializerOptions s_format = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    internal static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    /// <summary>Returns the order in which a number of subjects run. Each round starts with another one, so that none always follows the
    /// same one.</summary>
    internal static IEnumerable<(int Round, int Index)> Interleave(int rounds, int count) =>
        Enumerable.Range(0, rounds).SelectMany(round => Enumerable.Range(0, count).Select(turn => (round, (turn + round) % count)));

    /// <summary>Formats a number. The format is of the form that <see cref="double.ToString(string)"/> accepts.</summary>
    internal static string Format(double? number, string format) => number?.ToString(format, CultureInfo.InvariantCulture) ?? "";

    internal static string Verdict(bool? isMet) => isMet is { } known ? known ? "met" : "MISSED" : "";

    /// <summary>Writes the results as JSON if there is a file.</summary>
    internal static void Write(string? file, object results)
    {
        if (file is not null)
            File.WriteAllText(file, JsonSerializer.Serialize(results, s_format) + "\n");
    }
}
