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
            throw Problem(start + error.Index, $"{Shown.Safe(error.ToString())} (counted from the word REQUIRE)");
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
            throw Problem(_cursor.Position, $"expected {what}.");
    }

    private MistakeException Problem(int position, string problem) => new($"{file}, line {LineOf(position)}: {problem}");

    // Positions only grow, so that each line is counted once.
    private int LineOf(int position)
    {
        _line += text.AsSpan(_lineCountedTo, position - _lineCountedTo).Count('\n');
        _lineCountedTo = position;
        return _line;
    }
}
