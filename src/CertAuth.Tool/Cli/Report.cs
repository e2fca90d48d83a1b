using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CertAuth.Tool.Cli;

/// <summary>The result of a command, as lines for people and as JSON for scripts.</summary>
/// <param name="Json">The result for <c>--format json</c>.</param>
/// <param name="ExitCode">The exit code of the tool.</param>
internal sealed record Report(JsonObject Json, int ExitCode = ExitCode.Success)
{
    private static readonly JsonSerializerOptions s_json = new() { WriteIndented = true, Encoder = JavaScriptEncoder.Default };

    /// <summary>Gets the lines for people, in order.</summary>
    internal List<string> Lines { get; } = [];

    /// <summary>Adds rows of a label and a value, with the values aligned.</summary>
    internal void AddRows(Style style, params IEnumerable<(string Label, string Value)> rows)
    {
        List<(string Label, string Value)> all = [.. rows];
        int width = all.Select(row => row.Label.Length).DefaultIfEmpty().Max();
        foreach ((string label, string value) in all)
            Lines.Add($"{style.Label(label.PadRight(width))}  {value}".TrimEnd());
    }

    /// <summary>Adds a table with a heading; each column is as wide as its widest cell.</summary>
    internal void AddTable(Style style, string[] heading, IReadOnlyList<string[]> rows)
    {
        int[] widths = [.. heading.Select((h, i) => rows.Select(row => row[i].Length).Append(h.Length).Max())];
        Lines.Add(style.Label(FormatRow(heading, widths)));
        foreach (string[] row in rows)
            Lines.Add(FormatRow(row, widths));
    }

    internal void WriteTo(TextWriter output, OutputFormat format)
    {
        if (format == OutputFormat.Json)
            output.WriteLine(Json.ToJsonString(s_json));
        else
            Lines.ForEach(output.WriteLine);
    }

    private static string FormatRow(string[] cells, int[] widths) =>
        string.Join("  ", cells.Select((cell, i) => cell.PadRight(widths[i]))).TrimEnd();
}
