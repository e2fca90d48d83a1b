namespace CertAuth.Tests.Support;

/// <summary>A tab-separated table of tests, such as cases with their outcomes, or exceptions with their reasons. The first column is the ID
/// of a row, which is part of the name of the test.</summary>
/// <remarks>Lines that begin with <c>#</c> are comments. All rows have the same number of columns. The symbols ␀ … ␟, ␠, ␡ and ⍽
/// represent control characters, space, DEL and no-break space.</remarks>
internal sealed class TsvFile
{
    private const char FirstSymbol = '\u2400';
    private const char SpaceSymbol = '\u2420';
    private const char DelSymbol = '\u2421';
    private const char NoBreakSpaceSymbol = '\u237D';

    private readonly OrderedDictionary<string, string[]> _rows = [];

    /// <summary>Reads a file.</summary>
    /// <param name="path">The path of the file in the folder <c>tests</c>.</param>
    internal TsvFile(string path)
    {
        foreach (string[] row in ReadRows(path))
            _rows.Add(row[0], row[1..]);
    }

    internal IReadOnlyList<string> Ids => _rows.Keys;

    /// <summary>Gets the columns of a row after its ID.</summary>
    internal string[] this[string id] => _rows[id];

    internal bool Contains(string id) => _rows.ContainsKey(id);

    /// <summary>Reads the rows of a file, with their IDs. An ID may be repeated.</summary>
    /// <param name="path">The full path of the file, or its path in the folder <c>tests</c>.</param>
    internal static string[][] ReadRows(string path)
    {
        string[][] rows =
        [
            .. File.ReadLines(Path.Combine(SharedFiles.RepositoryRoot, "tests", path))
                .Where(line => line.Length > 0 && line[0] != '#')
                .Select(line => line.Split('\t').Select(ReplaceSymbols).ToArray()),
        ];
        return Array.Find(rows, row => row.Length != rows[0].Length) is { } other
            ? throw new InvalidDataException($"{path}: the row '{other[0]}' has {other.Length} columns, the first row {rows[0].Length}.")
            : rows;
    }

    /// <summary>Removes the caret from a cell. Returns the text and the index of the caret, or -1.</summary>
    internal static (string Text, int Index) RemoveCaret(string cell) =>
        (cell.Replace("‸", "", StringComparison.Ordinal), cell.IndexOf('‸', StringComparison.Ordinal));

    private static string ReplaceSymbols(string cell) => string.Concat(cell.Select(c => c switch
    {
        >= FirstSymbol and <= SpaceSymbol => (char)(c - FirstSymbol),
        DelSymbol => '\u007F',
        NoBreakSpaceSymbol => '\u00A0',
        _ => c,
    }));
}
