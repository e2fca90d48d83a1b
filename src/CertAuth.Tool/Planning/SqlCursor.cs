using System.Text;

namespace CertAuth.Tool.Planning;

/// <summary>A position in SQL text. White space and comments are skipped, so the position is always at a token or at the end.</summary>
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
        bool isPresent = !IsAtEnd && Rest[0] == symbol;
        if (isPresent)
            MoveTo(Position + 1);
        return isPresent;
    }

    internal bool TrySkipWord(string word)
    {
        bool isPresent = PeekWord().Equals(word, StringComparison.OrdinalIgnoreCase);
        if (isPresent)
            MoveTo(Position + word.Length);
        return isPresent;
    }

    internal bool TryReadWord(out string word)
    {
        word = PeekWord().ToString();
        MoveTo(Position + word.Length);
        return word.Length > 0;
    }

    /// <summary>Reads a string in single quotes, double quotes or backticks. A doubled quote is one quote. A backslash escapes the next
    /// character, except in backticks.</summary>
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

    // White space, "# …", "-- …" (MySQL requires the space) or /* … */. Returns 0 for anything else, including an unterminated
    // comment.
    private static int GetTriviaLength(ReadOnlySpan<char> rest)
    {
        if (char.IsWhiteSpace(rest[0]))
            return 1;
        if (rest[0] == '#' || (rest.StartsWith("--") && (rest.Length == 2 || char.IsWhiteSpace(rest[2]))))
            return rest.IndexOf('\n') is >= 0 and int end ? end : rest.Length;
        int close = rest.StartsWith("/*") && !IsExecutableComment(rest[2..]) ? rest[2..].IndexOf("*/", StringComparison.Ordinal) : -1;
        return close < 0 ? 0 : close + 4;
    }

    // MySQL, MariaDB and TiDB execute the content of these comments.
    private static bool IsExecutableComment(ReadOnlySpan<char> comment) =>
        comment.StartsWith("!") || comment.StartsWith("M!") || comment.StartsWith("T!");
}
