using System.Text.RegularExpressions;
using CertAuth;
using CertAuth.Tls;
using MySqlLogin.Protocol;

namespace MySqlLogin;

/// <summary>The few statements that show the current user and the connection, and those that clients send by themselves.</summary>
internal static partial class Statements
{
    internal static IReadOnlyList<byte[]> Answer(string text, string user, TlsConnectionInfo? connection)
    {
        string statement = text.Trim().TrimEnd(';');
        if (ShowStatus().Match(statement) is { Success: true } show)
        {
            (string name, bool isPrefix) = (show.Groups["name"].Value, show.Groups["any"].Success);
            return Packets.ResultSet(
                ["Variable_name", "Value"],
                TlsStatus.GetRows(connection).Where(row => isPrefix
                    ? row.Name.StartsWith(name, StringComparison.OrdinalIgnoreCase)
                    : row.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(row => new[] { row.Name, row.Value }));
        }

        return statement.ToUpperInvariant() switch
        {
            "SELECT CURRENT_USER()" => Packets.ResultSet(["current_user()"], [[$"{user}@%"]]),
            "SELECT @@VERSION_COMMENT LIMIT 1" => Packets.ResultSet(["@@version_comment"], [["CertAuth sample: logins only"]]),
            ['S', 'E', 'T', ' ', ..] => [Packets.Ok()],
            _ => [Packets.Error(1064, "42000", "This server supports only a few statements, and not this one")],
        };
    }

    // SHOW STATUS LIKE 'Ssl_version', or with % at the end of the name. In a name, _ and \_ are the character itself.
    [GeneratedRegex(
        @"^SHOW\s+((SESSION|GLOBAL)\s+)?STATUS\s+LIKE\s+'(?<name>[A-Za-z_]*)(?<any>%?)'$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex ShowStatus();
}
