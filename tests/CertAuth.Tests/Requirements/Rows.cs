using CertAuth.Tests.Support;

namespace CertAuth.Tests.Requirements;

/// <summary>A tab-separated file in the folder of these tests. The first column is the ID of the row, which is part of the name of the
/// test.</summary>
/// <remarks>Lines that begin with <c>#</c> are comments. The symbols ␀ … ␟, ␠, ␡ and ⍽ represent control characters, space, DEL
/// and no-break space.</remarks>
internal sealed class Rows(string name)
{
    private const char FirstSymbol = '\u2400';
    private const char SpaceSymbol = '\u2420';
    private const char DelSymbol = '\u2421';
    private const char NoBreakSpaceSymbol = '\u237D';

    private readonly Dictionary<string, string[]> _rows = File
        .ReadLines(Path.Combine(SharedFiles.RepositoryRoot, "tests", "CertAuth.Tests", "Requirements", name))
        .Where(line => line.Length > 0 && line[0] != '#')
        .Select(line => line.Split('\t'))
        .ToDictionary(row => row[0], row => row[1..].Select(ReplaceSymbols).ToArray());

    internal TheoryData<string> Ids => [.. _rows.Keys];

    internal string[] this[string id] => _rows[id];

    internal IEnumerable<string> Keys => _rows.Keys;

    /// <summary>Removes the caret from a text. Returns the text and the index of the caret, or -1.</summary>
    internal static (string Text, int Index) RemoveCaret(string text) =>
        (text.Replace("‸", "", StringComparison.Ordinal), text.IndexOf('‸', StringComparison.Ordinal));

    private static string ReplaceSymbols(string text) => string.Concat(text.Select(c => c switch
    {
        >= FirstSymbol and <= SpaceSymbol => (char)(c - FirstSymbol),
        DelSymbol => '\u007F',
        NoBreakSpaceSymbol => '\u00A0',
        _ => c,
    }));
}
