using System.CommandLine;
using System.Globalization;

namespace CertAuth.Tool.Cli;

/// <summary>Options that are lengths of time: 90s, 15m, 1h, 2d, or seconds alone.</summary>
internal static class DurationOption
{
    // With days, still within what a time can hold.
    private const int MaxDigits = 6;

    internal static Option<TimeSpan?> CreateOption(string name, string description) => new(name)
    {
        Description = $"{description}: 90s, 15m, 1h or 2d",
        HelpName = "TIME",
        CustomParser = argument =>
        {
            string text = argument.Tokens[0].Value;
            if (TryParse(text, out TimeSpan length))
                return length;
            argument.AddError($"{name} takes a length of time such as 90s, 15m, 1h or 2d, not {text}.");
            return null;
        },
    };

    private static bool TryParse(string text, out TimeSpan length)
    {
        TimeSpan unit = text.LastOrDefault() switch
        {
            'd' => TimeSpan.FromDays(1),
            'h' => TimeSpan.FromHours(1),
            'm' => TimeSpan.FromMinutes(1),
            _ => TimeSpan.FromSeconds(1),
        };
        string digits = text.TrimEnd('d', 'h', 'm', 's');
        bool isLength = text.Length - digits.Length <= 1 && digits.Length <= MaxDigits;
        isLength &= int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int count);
        length = isLength ? count * unit : default;
        return isLength;
    }
}
