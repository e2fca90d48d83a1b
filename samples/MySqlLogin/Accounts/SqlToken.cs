namespace MySqlLogin.Accounts;

internal enum SqlTokenKind
{
    End = 0,
    Word = 1,
    Literal = 2,
    Symbol = 3,
}

/// <summary>One token of a statement: where it stands, and what it says (a literal without its quotes).</summary>
internal readonly record struct SqlToken(SqlTokenKind Kind, int Start, int End, string Text)
{
    internal bool IsWord(string word) => Kind == SqlTokenKind.Word && Text.Equals(word, StringComparison.OrdinalIgnoreCase);

    internal bool IsSymbol(char symbol) => Kind == SqlTokenKind.Symbol && Text[0] == symbol;
}
