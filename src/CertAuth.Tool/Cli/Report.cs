using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CertAuth.Tool.Cli;

/// <summary>What a verb has to say, once for people and once for scripts.</summary>
/// <param name="Json">The same facts for <c>--format json</c>.</param>
/// <param name="ExitCode">What the tool ends with.</param>
internal sealed record Report(JsonObject Json, int ExitCode = ExitCode.Success)
{
    private static readonly JsonSerializerOptions s_json = new() { WriteIndented = true, Encoder = JavaScriptEncoder.Default };

    /// <summary>The lines for people, in order.</summary>
    internal List<string> Lines { get; } = [];

    /// <summary>Rows of a label and a value, the values below one another.</summary>
    internal void AddRows(Style style, params IEnumerable<(string Label, string Value)> rows)
    {
        List<(string Label, string Value)> all = [.. rows];
        int width = all.Select(row => row.Label.Length).DefaultIfEmpty().Max();
        foreach ((string label, string value) in all)
            Lines.Add($"{style.Label(label.PadRight(width))}  {value}".TrimEnd());
    }

    /// <summary>A table with a heading, each column as wide as its widest cell.</summary>
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

    private static string FormatRow(string[] cells, int[] widths) => string.Join("  ", cells.Select((cell, i) => cell.PadRight(widths[i]))).TrimEnd();
}

/// <summary>For whom the output is.</summary>
internal enum OutputFormat
{
    /// <summary>For people.</summary>
    Text = 0,

    /// <summary>For scripts: one JSON object.</summary>
    Json = 1,
}
