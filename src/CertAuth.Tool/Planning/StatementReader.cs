using System.Text;
using CertAuth.Requirements;
using CertAuth.Tool.Cli;

namespace CertAuth.Tool.Planning;

/// <summary>Reads <c>CREATE USER [IF NOT EXISTS] user[@host] [IDENTIFIED WITH plugin [AS '…'] | IDENTIFIED BY '…'] [REQUIRE …] [ATTRIBUTE '…'];</c>.
/// Anything else is an error: a plan for half an account would be wrong.</summary>
internal sealed class StatementReader(string text, string file)
{
    private readonly SqlCursor _cursor = new(text);
    private int _line = 1;
    private int _lineCountedTo;

    internal static bool LooksLikeOne(string text)
    {
        SqlCursor cursor = new(text);
        return cursor.TrySkipWord("CREATE") && cursor.TrySkipWord("USER");
    }

    internal IEnumerable<AccountEntry> ReadAll()
    {
        while (!_cursor.IsAtEnd)
        {
            if (!_cursor.TrySkip(';'))
                yield return ReadOne();
        }
    }

    private AccountEntry ReadOne()
    {
        int line = LineOf(_cursor.Position);
        Expect(_cursor.TrySkipWord("CREATE") && _cursor.TrySkipWord("USER"), "CREATE USER");
        if (_cursor.TrySkipWord("IF"))
            Expect(_cursor.TrySkipWord("NOT") && _cursor.TrySkipWord("EXISTS"), "IF NOT EXISTS");
        string name = ReadName("a user");
        if (_cursor.TrySkip('@'))
            name += $"@{ReadName("a host")}";
        if (_cursor.TrySkipWord("IDENTIFIED"))
            SkipCredential();
        LoginRequirement requirement = ReadRequirement();
        if (_cursor.TrySkipWord("ATTRIBUTE"))
            Expect(_cursor.TryReadLiteral(out _), "a literal");
        Expect(_cursor.IsAtEnd || _cursor.TrySkip(';'), "the end of the statement");
        return new(name, requirement, line);
    }

    // What kind of password or token there is beside the certificate changes nothing.
    private void SkipCredential()
    {
        if (_cursor.TrySkipWord("WITH"))
        {
            ReadName("a plugin");
            if (!_cursor.TrySkipWord("AS"))
                return;
        }
        else
        {
            Expect(_cursor.TrySkipWord("BY"), "BY or WITH");
        }

        Expect(_cursor.TryReadLiteral(out _), "a literal");
    }

    private LoginRequirement ReadRequirement()
    {
        int start = _cursor.Position;
        if (!_cursor.TrySkipWord("REQUIRE"))
            return LoginRequirement.None;
        if (!LoginRequirement.TryParseStart(text.AsSpan(start), out LoginRequirement? requirement, out int length, out RequirementError error))
            throw Problem(start + error.Index, Shown.Safe(error.ToString()).TrimEnd('.'));
        _cursor.MoveTo(start + length);
        return requirement;
    }

    private string ReadName(string what)
    {
        Expect(_cursor.TryReadWord(out string name) || _cursor.TryReadLiteral(out name), what);
        return name;
    }

    private void Expect(bool isThere, string what)
    {
        if (!isThere)
            throw Problem(_cursor.Position, $"expected {what}");
    }

    private MistakeException Problem(int position, string problem) => new($"{file}, line {LineOf(position)}: {problem}.");

    // Positions only grow, so that each line is counted once.
    private int LineOf(int position)
    {
        _line += text.AsSpan(_lineCountedTo, position - _lineCountedTo).Count('\n');
        _lineCountedTo = position;
        return _line;
    }

    /// <summary>A place in a text of SQL: always before a token, white space and comments skipped.</summary>
    private sealed class SqlCursor
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
            while (!IsAtEnd && LengthOfBlank(Rest) is > 0 and int length)
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
            bool isThere = WordHere().Equals(word, StringComparison.OrdinalIgnoreCase);
            if (isThere)
                MoveTo(Position + word.Length);
            return isThere;
        }

        internal bool TryReadWord(out string word)
        {
            word = WordHere().ToString();
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

        private ReadOnlySpan<char> WordHere()
        {
            int length = 0;
            while (length < Rest.Length && (char.IsAsciiLetterOrDigit(Rest[length]) || Rest[length] is '_' or '$'))
                length++;
            return Rest[..length];
        }

        // White space, "# …", "-- …" (MySQL wants the blank) and /* … */; 0 for anything else, an open comment too.
        private static int LengthOfBlank(ReadOnlySpan<char> rest)
        {
            if (char.IsWhiteSpace(rest[0]))
                return 1;
            if (rest[0] == '#' || (rest.StartsWith("--") && (rest.Length == 2 || char.IsWhiteSpace(rest[2]))))
                return rest.IndexOf('\n') is >= 0 and int end ? end : rest.Length;
            int close = rest.StartsWith("/*") && !rest.StartsWith("/*!") ? rest[2..].IndexOf("*/", StringComparison.Ordinal) : -1;
            return close < 0 ? 0 : close + 4;
        }
    }
}
