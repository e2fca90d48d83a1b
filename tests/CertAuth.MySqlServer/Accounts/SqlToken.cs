namespace CertAuth.MySqlServer.Accounts;

/// <summary>A token of a statement: its position and its text (that of a literal without quotes).</summary>
internal readonly record struct SqlToken(SqlTokenKind Kind, int Start, int End, string Text)
{
    internal bool IsWord(string word) => Kind == SqlTokenKind.Word && Text.Equals(word, StringComparison.OrdinalIgnoreCase);

    internal bool IsSymbol(char symbol) => Kind == SqlTokenKind.Symbol && Text[0] == symbol;
}
