using System.Text;

namespace CertAuth.Tool.Planning;

/// <summary>A place in a text of SQL: always before a token, white space and comments skipped.</summary>
internal sealed class SqlCursor
{
    private readonly string _text;

    internal SqlCursor(string text)
    {
        _text = text;
        MoveTo(0);
    }

    internal int Position { get; private set; }

    internal bool IsAtEnd => Position == _text.Length;

    private ReadOnlySpan<char> Rest => _text.AsSpan(Position);

    internal void MoveTo(int position)
    {
        Position = position;
        while (!IsAtEnd && GetTriviaLength(Rest) is > 0 and int length)
            Position += length;
    }

    internal bool TrySkip(char symbol)
    {
        bool isThere = !IsAtEnd && Rest[0] == symbol;
        if (isThere)
            MoveTo(Position + 1);
        return isThere;
    }

    internal bool TrySkipWord(string word)
    {
        bool isThere = PeekWord().Equals(word, StringComparison.OrdinalIgnoreCase);
        if (isThere)
            MoveTo(Position + word.Length);
        return isThere;
    }

    internal bool TryReadWord(out string word)
    {
        word = PeekWord().ToString();
        MoveTo(Position + word.Length);
        return word.Length > 0;
    }

    /// <summary>A string between quotes of any kind. A doubled quote stands for one; a backslash, but not between backticks, for what follows it.</summary>
    internal bool TryReadLiteral(out string value)
    {
        StringBuilder read = new();
        value = "";
        char quote = IsAtEnd ? '\0' : Rest[0];
        if (quote is not ('\'' or '"' or '`'))
            return false;

        for (int at = Position + 1; at < _text.Length; at++)
        {
            char c = _text[at];
            bool isDoubled = c == quote && at + 1 < _text.Length && _text[at + 1] == quote;
            if (c == quote && !isDoubled)
            {
                value = read.ToString();
                MoveTo(at + 1);
                return true;
            }

            at += isDoubled || (c == '\\' && quote != '`') ? 1 : 0;
            read.Append(at < _text.Length ? _text[at] : c);
        }

        return false;
    }

    private ReadOnlySpan<char> PeekWord()
    {
        int length = 0;
        while (length < Rest.Length && (char.IsAsciiLetterOrDigit(Rest[length]) || Rest[length] is '_' or '$'))
            length++;
        return Rest[..length];
    }

    // White space, "# …", "-- …" (MySQL wants the blank) and /* … */; 0 for anything else, an open comment too.
    private static int GetTriviaLength(ReadOnlySpan<char> rest)
    {
        if (char.IsWhiteSpace(rest[0]))
            return 1;
        if (rest[0] == '#' || (rest.StartsWith("--") && (rest.Length == 2 || char.IsWhiteSpace(rest[2]))))
            return rest.IndexOf('\n') is >= 0 and int end ? end : rest.Length;
        int close = rest.StartsWith("/*") && !IsExecutableComment(rest[2..]) ? rest[2..].IndexOf("*/", StringComparison.Ordinal) : -1;
        return close < 0 ? 0 : close + 4;
    }

    // MySQL, MariaDB and TiDB read what stands in these.
    private static bool IsExecutableComment(ReadOnlySpan<char> comment) => comment.StartsWith("!") || comment.StartsWith("M!") || comment.StartsWith("T!");
}
