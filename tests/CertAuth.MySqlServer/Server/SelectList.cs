using System.Globalization;
using CertAuth.MySqlServer.Accounts;
using CertAuth.MySqlServer.Protocol;

namespace CertAuth.MySqlServer.Server;

/// <summary>Answers SELECT for variables, functions without arguments, and numbers: <c>@@name</c>, <c>CURRENT_USER()</c>,
/// <c>1</c>.</summary>
internal sealed class SelectList(Login login)
{
    internal ResultSet? Read(List<SqlToken> tokens)
    {
        List<string> columns = [];
        List<string?> row = [];
        int at = 0;
        bool hasMore;
        do
        {
            int start = at;
            if (!TryReadItem(tokens, ref at, out string? value))
                return null;
            columns.Add(ReadAlias(tokens, ref at) ?? string.Concat(tokens[start..at].Select(token => token.Text)));
            row.Add(value);
            hasMore = at < tokens.Count && tokens[at].IsSymbol(',');
            at += hasMore ? 1 : 0;
        }
        while (hasMore);

        bool ends = tokens[at..] is [] || (tokens[at..] is [var word, { Text: "1" }] && word.IsWord("LIMIT"));
        return ends ? new(columns, [row]) : null;
    }

    private static string? ReadAlias(List<SqlToken> tokens, ref int at)
    {
        bool isNamed = at < tokens.Count && tokens[at].IsWord("AS");
        int name = at + (isNamed ? 1 : 0);
        if (name >= tokens.Count || tokens[name].Kind == SqlTokenKind.Symbol || tokens[name].IsWord("LIMIT"))
            return null;
        at = name + 1;
        return tokens[name].Text;
    }

    private bool TryReadItem(List<SqlToken> tokens, ref int at, out string? value)
    {
        value = null;
        List<SqlToken> rest = tokens[at..];
        if (rest is [var sign, var sign2, ..] && sign.IsSymbol('@') && sign2.IsSymbol('@'))
            return TryReadVariable(tokens, ref at, out value);
        if (rest is [var function, var open, var close, ..] && open.IsSymbol('(') && close.IsSymbol(')')
            && TryCall(function.Text, out value))
        {
            at += 3;
            return true;
        }

        if (rest is [{ Kind: SqlTokenKind.Word } number, ..]
            && uint.TryParse(number.Text, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            value = number.Text;
        else if (rest is [var word, ..] && word.IsWord("CURRENT_USER"))
            value = login.Account.ToString();
        at++;
        return value is not null;
    }

    // @@name, @@session.name, @@global.name.
    private static bool TryReadVariable(List<SqlToken> tokens, ref int at, out string? value)
    {
        at += 2;
        if (at + 2 < tokens.Count && tokens[at + 1].IsSymbol('.') && (tokens[at].IsWord("SESSION") || tokens[at].IsWord("GLOBAL")))
            at += 2;
        value = at < tokens.Count ? Variables.Find(tokens[at++].Text) : null;
        return value is not null;
    }

    private bool TryCall(string function, out string? value)
    {
        (bool known, value) = function.ToUpperInvariant() switch
        {
            "CURRENT_USER" => (true, login.Account.ToString()),
            "USER" or "SESSION_USER" => (true, $"{login.Account.Policy.UserName}@{login.ClientHost}"),
            "DATABASE" or "SCHEMA" => (true, login.Database.Length == 0 ? null : login.Database),
            "VERSION" => (true, ServerSession.Version),
            "CONNECTION_ID" => (true, login.ConnectionId.ToString(CultureInfo.InvariantCulture)),
            _ => (false, (string?)null),
        };
        return known;
    }
}
