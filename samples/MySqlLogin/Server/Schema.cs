using System.Globalization;
using System.Text;
using MySqlLogin.Protocol;

namespace MySqlLogin.Server;

/// <summary>There are no databases but an empty one.</summary>
internal static class Schema
{
    internal const string Information = "information_schema";
    private const int MaxShown = 64;

    internal static bool Exists(string database) => database.Length == 0 || database.Equals(Information, StringComparison.OrdinalIgnoreCase);

    internal static byte[] Unknown(string database)
    {
        StringBuilder shown = new();
        foreach (char c in database.AsSpan(0, Math.Min(database.Length, MaxShown)))
            shown.Append(char.IsAsciiLetterOrDigit(c) || c is '_' or '-' ? c.ToString() : string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}"));
        return Answers.Error(1049, "42000", $"Unknown database '{shown}'");
    }
}
