using CertAuth.Tests.Support;

namespace CertAuth.Tests.Requirements;

/// <summary>A tab-separated file beside these tests. Its first column is the row's id, which is the test's name.</summary>
/// <remarks>Lines that begin with <c>#</c> are comments. The pictures ␀ … ␟, ␠, ␡ and ⍽ stand for control characters, blank, DEL and
/// no-break space.</remarks>
internal sealed class Rows(string name)
{
    private const char FirstPicture = '\u2400';
    private const char BlankPicture = '\u2420';
    private const char DelPicture = '\u2421';
    private const char NoBreakPicture = '\u237D';

    private readonly Dictionary<string, string[]> _rows = File
        .ReadLines(Path.Combine(SharedFiles.RepositoryRoot, "tests", "CertAuth.Tests", "Requirements", name))
        .Where(line => line.Length > 0 && line[0] != '#')
        .Select(line => line.Split('\t'))
        .ToDictionary(row => row[0], row => row[1..].Select(Unpicture).ToArray());

    internal TheoryData<string> Ids => [.. _rows.Keys];

    internal string[] this[string id] => _rows[id];

    internal IEnumerable<string> Keys => _rows.Keys;

    /// <summary>Takes the caret out of a text; -1 where there is none.</summary>
    internal static (string Text, int Index) TakeCaret(string text) =>
        (text.Replace("‸", "", StringComparison.Ordinal), text.IndexOf('‸', StringComparison.Ordinal));

    private static string Unpicture(string text) => string.Concat(text.Select(c => c switch
    {
        >= FirstPicture and <= BlankPicture => (char)(c - FirstPicture),
        DelPicture => '\u007F',
        NoBreakPicture => '\u00A0',
        _ => c,
    }));
}
