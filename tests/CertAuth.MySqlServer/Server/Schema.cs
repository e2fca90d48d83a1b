using System.Globalization;
using System.Text;
using CertAuth.MySqlServer.Accounts;
using CertAuth.MySqlServer.Protocol;

namespace CertAuth.MySqlServer.Server;

/// <summary>The databases of the server: only an empty <c>information_schema</c>.</summary>
internal static class Schema
{
    internal const string Information = "information_schema";
    private const int MaxNameLength = 64;

    internal static bool Exists(string database) =>
        database.Length == 0 || database.Equals(Information, StringComparison.OrdinalIgnoreCase);

    /// <summary>Answers <c>SELECT names FROM information_schema.table</c>, which clients use for completion, without rows for every
    /// table.</summary>
    internal static ResultSet? Select(List<SqlToken> tokens)
    {
        int from = tokens.FindIndex(token => token.IsWord("FROM"));
        bool isHere = from > 0 && tokens[(from + 1)..] is [var schema, var dot, { Kind: SqlTokenKind.Word }, ..]
            && schema.IsWord(Information) && dot.IsSymbol('.');
        if (!isHere || from % 2 == 0)
            return null;
        bool isList = tokens[..from].Index().All(t => t.Index % 2 == 0 ? t.Item.Kind == SqlTokenKind.Word : t.Item.IsSymbol(','));
        return isList ? new([.. tokens[..from].Where(token => token.Kind == SqlTokenKind.Word).Select(token => token.Text)], []) : null;
    }

    internal static byte[] Unknown(string database)
    {
        StringBuilder shown = new();
        foreach (char c in database.AsSpan(0, Math.Min(database.Length, MaxNameLength)))
        {
            bool isPlain = char.IsAsciiLetterOrDigit(c) || c is '_' or '-';
            shown.Append(isPlain ? c.ToString() : string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}"));
        }

        return Responses.Error(1049, "42000", $"Unknown database '{shown}'");
    }
}
