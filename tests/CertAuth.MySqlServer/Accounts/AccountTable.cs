using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace CertAuth.MySqlServer.Accounts;

/// <summary>The accounts of the server, looked up by exact user and host: first the address, then <c>%</c>. Immutable.</summary>
internal sealed class AccountTable
{
    private readonly FrozenDictionary<(string User, string Host), LoginAccount> _accounts;

    private AccountTable(IEnumerable<LoginAccount> accounts) =>
        _accounts = accounts.ToFrozenDictionary(account => (account.Policy.UserName, account.Host));

    internal int Count => _accounts.Count;

    internal LoginAccount? Find(string user, string address) =>
        _accounts.GetValueOrDefault((user, address)) ?? _accounts.GetValueOrDefault((user, LoginAccount.AnyHost));

    /// <summary>Returns the first account that logs in by a method; null if there is none.</summary>
    internal LoginAccount? FindByMethod(AuthenticationMethod method) =>
        _accounts.Values.FirstOrDefault(account => account.Policy.Method == method);

    internal static bool TryRead(string statements, [NotNullWhen(true)] out AccountTable? table, [NotNullWhen(false)] out string? problem)
    {
        table = null;
        if (!StatementReader.TryReadAll(statements, out List<LoginAccount>? accounts, out problem))
            return false;

        // A duplicate is an error, because one of the statements may require less than the other.
        var names = accounts.GroupBy(account => account.ToString(), StringComparer.Ordinal);
        if (names.FirstOrDefault(same => same.Count() > 1) is { } duplicate)
        {
            problem = $"The account {duplicate.Key} is defined more than once.";
            return false;
        }

        table = new(accounts);
        return true;
    }
}
