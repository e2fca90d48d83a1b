using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Text.Json;
using CertAuth.Requirements;

namespace CertAuth.MySqlServer.Accounts;

/// <summary>Reads <c>CREATE USER [IF NOT EXISTS] user[@host] [IDENTIFIED WITH 'tidb_auth_token'] [REQUIRE …] [ATTRIBUTE '…'];</c>.
/// Everything else is an error, because an account from a statement that is only partly understood could accept logins that it should
/// reject.</summary>
internal sealed class StatementReader
{
    private readonly string _text;
    private readonly List<SqlToken> _tokens;
    private int _at;

    private StatementReader(string text, List<SqlToken> tokens) => (_text, _tokens) = (text, tokens);

    private SqlToken Next => _tokens[_at];

    internal static bool TryReadAll(
        string text, [NotNullWhen(true)] out List<LoginAccount>? accounts, [NotNullWhen(false)] out string? problem)
    {
        accounts = [];
        problem = null;
        if (!SqlScanner.TryScan(text, out List<SqlToken>? tokens, out int errorIndex))
            problem = FormatProblem(text, errorIndex, "A literal or comment is not closed, or the comment is one that servers execute.");

        StatementReader reader = new(text, tokens ?? [default]);
        while (problem is null && reader.Next.Kind != SqlTokenKind.End)
        {
            if (reader.TrySkip(token => token.IsSymbol(';')))
                continue;
            problem = reader.ReadStatement(out LoginAccount? account);
            if (account is not null)
                accounts.Add(account);
        }

        accounts = problem is null ? accounts : null;
        return problem is null;
    }

    private string? ReadStatement(out LoginAccount? account)
    {
        account = null;
        if (!TrySkipWords("CREATE", "USER"))
            return FormatExpected("CREATE USER");
        if (Next.IsWord("IF") && !TrySkipWords("IF", "NOT", "EXISTS"))
            return FormatExpected("IF NOT EXISTS");
        if (!TryRead(IsName, out string user))
            return FormatExpected("a user name");
        string host = LoginAccount.AnyHost;
        if (TrySkip(token => token.IsSymbol('@')) && !(TryRead(IsName, out host) && IsHost(host)))
            return FormatExpected("a host: '%' or an address");

        AuthenticationMethod method = AuthenticationMethod.None;
        if (Next.IsWord("IDENTIFIED"))
        {
            if (!TrySkipWords("IDENTIFIED", "WITH") || !TryRead(IsName, out string plugin) || plugin != LoginAccount.TokenPlugin)
                return FormatExpected($"IDENTIFIED WITH '{LoginAccount.TokenPlugin}', the only supported plugin");
            method = AuthenticationMethod.Token;
        }

        if (ReadRequirement(out LoginRequirement? requirement) is { } broken)
            return broken;
        if (ReadEmail(out string email) is { } wrong)
            return wrong;
        if (!TrySkip(token => token.IsSymbol(';')) && Next.Kind != SqlTokenKind.End)
            return FormatExpected("the end of the statement");
        return CreateAccount(user, host, method, requirement!, email, out account);
    }

    private string? ReadRequirement(out LoginRequirement? requirement)
    {
        requirement = LoginRequirement.None;
        if (!Next.IsWord("REQUIRE"))
            return null;

        int start = Next.Start;
        if (!LoginRequirement.TryParsePrefix(_text.AsSpan(start), out requirement, out int length, out RequirementError error))
            return FormatProblem(_text, start + error.Index, error.ToString());
        int end = start;
        for (; Next.Start < start + length; _at++)
            end = Next.End;

        // The scanner of this sample continues a word at "$", and LoginRequirement ends it there.
        return end == start + length ? null : FormatProblem(_text, start + length, "The clause ends within a word.");
    }

    private string? ReadEmail(out string email)
    {
        email = "";
        if (!TrySkip(token => token.IsWord("ATTRIBUTE")))
            return null;
        SqlToken literal = Next;
        if (!TryRead(token => token.Kind == SqlTokenKind.Literal, out string json))
            return FormatExpected("a JSON object in a literal");
        try
        {
            using JsonDocument document = JsonDocument.Parse(json, new() { MaxDepth = 4, AllowDuplicateProperties = false });
            if (document.RootElement.ValueKind == JsonValueKind.Object && !document.RootElement.TryGetProperty("email", out _))
                return null;
            email = document.RootElement.GetProperty("email").GetString() ?? "";
            return null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return FormatProblem(_text, literal.Start, "The attribute is not a JSON object, or its email is not a string.");
        }
    }

    // An account logs in by certificate if each alternative of its REQUIRE clause says who holds the certificate. Any other account has an
    // empty password in addition to its clause.
    private static string? CreateAccount(
        string user, string host, AuthenticationMethod method, LoginRequirement requirement, string email, out LoginAccount? account)
    {
        account = null;
        if (method == AuthenticationMethod.None)
            method = requirement.IdentifiesHolder ? AuthenticationMethod.Certificate : AuthenticationMethod.Custom;

        // TOKEN_ISSUER applies only to tokens.
        if (method != AuthenticationMethod.Token && requirement.TokenIssuer is not null)
            return $"The account {user}@{host}: TOKEN_ISSUER needs IDENTIFIED WITH '{LoginAccount.TokenPlugin}'.";
        try
        {
            account = new(
                method switch
                {
                    AuthenticationMethod.Certificate => Account.WithCertificate(user, requirement),
                    AuthenticationMethod.Token => Account.WithToken(user, requirement, email),
                    _ => Account.Custom(user, requirement),
                },
                host);
            return null;
        }
        catch (ArgumentException exception)
        {
            return $"The account {user}@{host}: {exception.Message}";
        }
    }

    private static bool IsName(SqlToken token) => token.Kind is SqlTokenKind.Word or SqlTokenKind.Literal;

    // Only the canonical form of an address: with another form, the account would match no client, and its user would log in as '%'.
    private static bool IsHost(string host) => host == LoginAccount.AnyHost
        || (IPAddress.TryParse(host, out IPAddress? address) && !address.IsIPv4MappedToIPv6 && address.ToString() == host);

    private bool TrySkipWords(params ReadOnlySpan<string> words)
    {
        foreach (string word in words)
        {
            if (!Next.IsWord(word))
                return false;
            _at++;
        }

        return true;
    }

    private bool TrySkip(Func<SqlToken, bool> isExpected) => TryRead(isExpected, out _);

    private bool TryRead(Func<SqlToken, bool> isExpected, out string text)
    {
        text = Next.Text;
        bool matched = isExpected(Next);
        _at += matched ? 1 : 0;
        return matched;
    }

    private string FormatExpected(string what) => FormatProblem(_text, Next.Start, $"Expected {what}.");

    private static string FormatProblem(string text, int index, string problem) =>
        $"Line {text.AsSpan(0, index).Count('\n') + 1}: {problem}";
}
