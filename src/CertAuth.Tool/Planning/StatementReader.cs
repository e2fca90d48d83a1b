using CertAuth.Requirements;
using CertAuth.Tool.Cli;

namespace CertAuth.Tool.Planning;

/// <summary>Reads CREATE USER statements:
/// <c>CREATE USER [IF NOT EXISTS] user[@host] [IDENTIFIED WITH plugin [AS '…'] | IDENTIFIED BY '…'] [REQUIRE …]
/// [ATTRIBUTE '…'];</c>. Anything else is an error, because a plan for a statement that is only partly understood would be wrong.</summary>
internal sealed class StatementReader(string text, string file)
{
    private readonly SqlCursor _cursor = new(text);
    private int _line = 1;
    private int _lineCountPosition;

    internal static bool BeginsWithStatement(string text)
    {
        SqlCursor cursor = new(text);
        return cursor.TrySkipWord("CREATE") && cursor.TrySkipWord("USER");
    }

    internal IEnumerable<AccountEntry> ReadAll()
    {
        while (!_cursor.IsAtEnd)
        {
            if (!_cursor.TrySkip(';'))
                yield return ReadStatement();
        }
    }

    private AccountEntry ReadStatement()
    {
        int line = GetLine(_cursor.Position);
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
            Expect(_cursor.TryReadLiteral(out _), "a string literal");
        Expect(_cursor.IsAtEnd || _cursor.TrySkip(';'), "the end of the statement");
        return new(name, requirement, line);
    }

    // The password or token that accompanies the certificate does not affect the plan.
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

        Expect(_cursor.TryReadLiteral(out _), "a string literal");
    }

    private LoginRequirement ReadRequirement()
    {
        int start = _cursor.Position;
        if (!_cursor.TrySkipWord("REQUIRE"))
            return LoginRequirement.None;
        ReadOnlySpan<char> rest = text.AsSpan(start);
        if (!LoginRequirement.TryParsePrefix(rest, out LoginRequirement? requirement, out int length, out RequirementError error))
            throw CreateError(start + error.Index, $"{TerminalText.Escape(error.ToString())} The index counts from the word REQUIRE.");
        _cursor.MoveTo(start + length);
        return requirement;
    }

    private string ReadName(string expected)
    {
        Expect(_cursor.TryReadWord(out string name) || _cursor.TryReadLiteral(out name), expected);
        return name;
    }

    private void Expect(bool isPresent, string expected)
    {
        if (!isPresent)
            throw CreateError(_cursor.Position, $"Expected {expected}.");
    }

    private UserErrorException CreateError(int position, string problem) => new($"{file}, line {GetLine(position)}: {problem}");

    // Positions only increase, so each line is counted once.
    private int GetLine(int position)
    {
        _line += text.AsSpan(_lineCountPosition, position - _lineCountPosition).Count('\n');
        _lineCountPosition = position;
        return _line;
    }
}
