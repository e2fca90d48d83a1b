using System.CommandLine;
using System.Globalization;

namespace CertAuth.Tool.Cli;

/// <summary>Options that are durations: 90s, 15m, 1h, 2d, or a number of seconds.</summary>
internal static class DurationOption
{
    // 999,999 days added to the current time are within the range of DateTimeOffset.
    private const int MaxDigits = 6;

    internal static Option<TimeSpan?> Create(string name, string description) => new(name)
    {
        Description = $"{description}, such as 90s, 15m, 1h or 2d.",
        HelpName = "TIME",
        CustomParser = argument =>
        {
            string text = argument.Tokens[0].Value;
            if (TryParse(text, out TimeSpan duration))
                return duration;
            argument.AddError($"{name}: Expected a duration such as 90s, 15m, 1h or 2d, not {text}.");
            return null;
        },
    };

    private static bool TryParse(string text, out TimeSpan duration)
    {
        TimeSpan unit = text.LastOrDefault() switch
        {
            'd' => TimeSpan.FromDays(1),
            'h' => TimeSpan.FromHours(1),
            'm' => TimeSpan.FromMinutes(1),
            _ => TimeSpan.FromSeconds(1),
        };
        string digits = text.TrimEnd('d', 'h', 'm', 's');
        bool isDuration = text.Length - digits.Length <= 1 && digits.Length <= MaxDigits;
        isDuration &= int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int count);
        duration = isDuration ? count * unit : default;
        return isDuration;
    }
}
