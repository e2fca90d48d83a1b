namespace CertAuth.Benchmarks;

/// <summary>A table of text, printed in columns or as Markdown. The first column is left-aligned, the others are right-aligned.</summary>
internal sealed class TextTable(params IReadOnlyList<string> header)
{
    private readonly List<IReadOnlyList<string>> _rows = [header];

    internal void Add(params IReadOnlyList<string> row) => _rows.Add(row);

    internal void Print(bool isMarkdown = false)
    {
        if (isMarkdown)
            _rows.Insert(1, [.. header.Select((_, i) => i == 0 ? "---" : "--:")]);

        int[] widths = [.. header.Select((_, i) => _rows.Max(row => row[i].Length))];
        foreach (IReadOnlyList<string> row in _rows)
        {
            Console.WriteLine(isMarkdown
                ? $"| {string.Join(" | ", row)} |"
                : string.Join("  ", row.Select((cell, i) => i == 0 ? cell.PadRight(widths[i]) : cell.PadLeft(widths[i]))).TrimEnd());
        }

        Console.WriteLine();
    }
}
