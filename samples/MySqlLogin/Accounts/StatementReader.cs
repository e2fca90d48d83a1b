using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Text.Json;
using CertAuth;
using CertAuth.Requirements;

namespace MySqlLogin.Accounts;

/// <summary>Reads <c>CREATE USER [IF NOT EXISTS] user[@host] [IDENTIFIED WITH 'tidb_auth_token'] [REQUIRE …] [ATTRIBUTE '…'];</c>.
/// Everything else is an error, because an account from a partly understood statement could accept logins that it should reject.</summary>
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
            problem = At(text, errorIndex, "a literal or comment is not closed, or the comment is one that servers execute");

        StatementReader reader = new(text, tokens ?? [default]);
        while (problem is null && reader.Next.Kind != SqlTokenKind.End)
        {
            if (reader.TrySkip(token => token.IsSymbol(';')))
                continue;
            problem = reader.ReadOne(out LoginAccount? account);
            if (account is not null)
                accounts.Add(account);
        }

        accounts = problem is null ? accounts : null;
        return problem is null;
    }

    private string? ReadOne(out LoginAccount? account)
    {
        account = null;
        if (!TrySkipWords("CREATE", "USER"))
            return Expected("CREATE USER");
        if (Next.IsWord("IF") && !TrySkipWords("IF", "NOT", "EXISTS"))
            return Expected("IF NOT EXISTS");
        if (!TryTake(IsName, out string user))
            return Expected("a user name");
        string host = LoginAccount.AnyHost;
        if (TrySkip(token => token.IsSymbol('@')) && !(TryTake(IsName, out host) && IsHost(host)))
            return Expected("a host: '%' or an address");

        AuthenticationMethod method = AuthenticationMethod.None;
        if (Next.IsWord("IDENTIFIED"))
        {
            if (!TrySkipWords("IDENTIFIED", "WITH") || !TryTake(IsName, out string plugin) || plugin != LoginAccount.TokenPlugin)
                return Expected($"IDENTIFIED WITH '{LoginAccount.TokenPlugin}', the only supported plugin");
            method = AuthenticationMethod.Token;
        }

        if (ReadRequirement(out LoginRequirement? requirement) is { } broken)
            return broken;
        if (ReadEmail(out string email) is { } wrong)
            return wrong;
        if (!TrySkip(token => token.IsSymbol(';')) && Next.Kind != SqlTokenKind.End)
            return Expected("the end of the statement");
        return CreateAccount(user, host, method, requirement!, email, out account);
    }

    private string? ReadRequirement(out LoginRequirement? requirement)
    {
        requirement = LoginRequirement.None;
        if (!Next.IsWord("REQUIRE"))
            return null;

        int start = Next.Start;
        if (!LoginRequirement.TryParsePrefix(_text.AsSpan(start), out requirement, out int length, out RequirementError error))
            return At(_text, start + error.Index, error.ToString());
        int end = start;
        for (; Next.Start < start + length; _at++)
            end = Next.End;

        // The scanner of this sample continues a word at "$", and LoginRequirement ends it there.
        return end == start + length ? null : At(_text, start + length, "the clause ends within a word");
    }

    private string? ReadEmail(out string email)
    {
        email = "";
        if (!TrySkip(token => token.IsWord("ATTRIBUTE")))
            return null;
        SqlToken literal = Next;
        if (!TryTake(token => token.Kind == SqlTokenKind.Literal, out string json))
            return Expected("a JSON object in a literal");
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
            return At(_text, literal.Start, "the attribute is not a JSON object, or its email is not a string");
        }
    }

    // An account needs a SUBJECT or SAN to log in by certificate. Any other account has an empty password in addition to its REQUIRE
    // clause.
    private static string? CreateAccount(
        string user, string host, AuthenticationMethod method, LoginRequirement requirement, string email, out LoginAccount? account)
    {
        account = null;
        bool namesTheClient = requirement.Subject is not null || requirement.San is not null;
        if (method == AuthenticationMethod.None)
            method = namesTheClient ? AuthenticationMethod.Certificate : AuthenticationMethod.Custom;

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

    private bool TrySkip(Func<SqlToken, bool> isWanted) => TryTake(isWanted, out _);

    private bool TryTake(Func<SqlToken, bool> isWanted, out string text)
    {
        text = Next.Text;
        bool matched = isWanted(Next);
        _at += matched ? 1 : 0;
        return matched;
    }

    private string Expected(string what) => At(_text, Next.Start, $"expected {what}");

    private static string At(string text, int index, string problem) => $"Line {text.AsSpan(0, index).Count('\n') + 1}: {problem}.";
}
