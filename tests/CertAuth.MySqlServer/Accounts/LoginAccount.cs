using System.Text;

namespace CertAuth.MySqlServer.Accounts;

/// <summary>An account of the server: its CertAuth account, and the host that it applies to (<c>%</c> or one address).</summary>
internal sealed record LoginAccount(Account Policy, string Host)
{
    internal const string AnyHost = "%";

    /// <summary>TiDB's plugin name for logins by token.</summary>
    internal const string TokenPlugin = "tidb_auth_token";

    /// <summary>Returns the account as <c>CURRENT_USER()</c> shows it.</summary>
    public override string ToString() => $"{Policy.UserName}@{Host}";

    /// <summary>Returns a statement that creates this account.</summary>
    internal string ToStatement()
    {
        StringBuilder statement = new($"CREATE USER {Quote(Policy.UserName)}@{Quote(Host)}");
        if (Policy.Method == AuthenticationMethod.Token)
            statement.Append($" IDENTIFIED WITH '{TokenPlugin}'");
        statement.Append($" {Policy.Requirement}");
        if (Policy.Email.Length > 0)
            statement.Append($" ATTRIBUTE {Quote($$"""{"email":"{{System.Text.Json.JsonEncodedText.Encode(Policy.Email)}}"}""")}");
        return statement.ToString();
    }

    private static string Quote(string text) =>
        $"'{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "''", StringComparison.Ordinal)}'";
}
