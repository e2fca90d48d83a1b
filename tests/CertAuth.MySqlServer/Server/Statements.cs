using CertAuth.MySqlServer.Accounts;
using CertAuth.MySqlServer.Protocol;
using CertAuth.Tls;

namespace CertAuth.MySqlServer.Server;

/// <summary>The few statements that clients send at the start, and those that show the current user and connection.</summary>
internal sealed class Statements(Login login)
{
    // Far more than clients send, and few enough for a short answer time.
    private const int MaxTokens = 1024;

    private readonly SelectList _select = new(login);

    internal IReadOnlyList<byte[]> Answer(string text)
    {
        if (!SqlScanner.TryScan(text, out List<SqlToken>? tokens, out _) || tokens.Count > MaxTokens)
            return [CreateSyntaxError()];
        List<SqlToken> statement = tokens.FindAll(token => token.Kind != SqlTokenKind.End && !token.IsSymbol(';'));
        return statement switch
        {
            [var first, .. var rest] when first.IsWord("SELECT") =>
                (_select.Read(rest) ?? Schema.Select(rest))?.Write() ?? [CreateSyntaxError()],
            [var first, ..] when first.IsWord("SHOW") => Show(statement[1..]),
            [var first, _, ..] when first.IsWord("SET") => [Responses.Ok()],
            [var first, var name] when first.IsWord("USE") && Schema.Exists(name.Text) => [Responses.Ok()],
            [var first] when first.IsWord("COMMIT") || first.IsWord("ROLLBACK") => [Responses.Ok()],
            _ => [CreateSyntaxError()],
        };
    }

    private IReadOnlyList<byte[]> Show(List<SqlToken> rest)
    {
        if (rest is [var scope, ..] && (scope.IsWord("SESSION") || scope.IsWord("GLOBAL") || scope.IsWord("LOCAL")))
            rest = rest[1..];
        return rest switch
        {
            [var what, .. var like] when what.IsWord("STATUS") =>
                ShowPairs(TlsStatus.GetRows(login.Connection).Select(r => (r.Name, r.Value)), like),
            [var what, .. var like] when what.IsWord("VARIABLES") => ShowPairs(Variables.All, like),
            [var show, var user, .. var name] when show.IsWord("CREATE") && user.IsWord("USER") => ShowCreateUser(name),
            [var what] when what.IsWord("DATABASES") => new ResultSet(["Database"], [[Schema.Information]]).Write(),
            [var what] when what.IsWord("TABLES") => new ResultSet(["Tables_in_information_schema"], []).Write(),
            [var what] when what.IsWord("WARNINGS") => new ResultSet(["Level", "Code", "Message"], []).Write(),
            _ => [CreateSyntaxError()],
        };
    }

    private static IReadOnlyList<byte[]> ShowPairs(IEnumerable<(string Name, string Value)> rows, List<SqlToken> like)
    {
        string? pattern = like switch
        {
            [] => "%",
            [var word, { Kind: SqlTokenKind.Literal } literal] when word.IsWord("LIKE") => literal.Text,
            _ => null,
        };
        if (pattern is null)
            return [CreateSyntaxError()];

        var shown = rows.Where(row => LikePattern.Matches(pattern, row.Name)).Select(row => new[] { row.Name, row.Value });
        return new ResultSet(["Variable_name", "Value"], [.. shown]).Write();
    }

    // A user sees only its own account and does not learn whether another one exists.
    private IReadOnlyList<byte[]> ShowCreateUser(List<SqlToken> name)
    {
        LoginAccount account = login.Account;
        bool isOwn = name switch
        {
            [] => true,
            [var function, ..] when function.IsWord("CURRENT_USER") => true,
            [var user] => user.Text == account.Policy.UserName && account.Host == LoginAccount.AnyHost,
            [var user, var at, var host] => at.IsSymbol('@') && user.Text == account.Policy.UserName && host.Text == account.Host,
            _ => false,
        };
        return isOwn
            ? new ResultSet([$"CREATE USER for {account}"], [[account.ToStatement()]]).Write()
            : [Responses.Error(1142, "42000", "SELECT command denied to user for table 'user'")];
    }

    private static byte[] CreateSyntaxError() =>
        Responses.Error(1064, "42000", "This server supports only a few statements, and not this one");
}
