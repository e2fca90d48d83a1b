using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace CertAuth.Tests.Support;

/// <summary>The placeholders in the cells of tables: {now+1.5} is seconds since 1970, {x:C3A9} bytes, {a:9} letters, {nest:5} nested arrays
/// and {members:3} members of a JSON object.</summary>
internal static partial class Placeholders
{
    /// <summary>Returns a text in UTF-8, with its placeholders replaced.</summary>
    internal static byte[] Fill(string text, DateTimeOffset now)
    {
        // Each byte is a character here, because the bytes of a placeholder need not be valid UTF-8.
        string bytes = Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text));
        return Encoding.Latin1.GetBytes(Placeholder().Replace(bytes, match => Expand(match, now)));
    }

    private static string Expand(Match match, DateTimeOffset now)
    {
        string value = match.Groups["value"].Value;
        return match.Groups["kind"].Value switch
        {
            "now" => (now.ToUnixTimeSeconds() + ParseOffset(value)).ToString(CultureInfo.InvariantCulture),
            "x" => Encoding.Latin1.GetString(Convert.FromHexString(value)),
            "a" => new('a', int.Parse(value, CultureInfo.InvariantCulture)),
            "nest" => new string('[', int.Parse(value, CultureInfo.InvariantCulture))
                + new string(']', int.Parse(value, CultureInfo.InvariantCulture)),
            "members" => string.Join(
                ',', Enumerable.Range(0, int.Parse(value, CultureInfo.InvariantCulture)).Select(i => $"\"m{i}\":{i}")),
            _ => throw new FormatException(match.Value),
        };
    }

    private static decimal ParseOffset(string value) => value.Length == 0 ? 0 : decimal.Parse(value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\{(?<kind>now|x|nest|a|members):?(?<value>[+-]?[0-9A-F.]*)\}")]
    private static partial Regex Placeholder();
}
