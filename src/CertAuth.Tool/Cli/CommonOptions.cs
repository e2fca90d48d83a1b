using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace CertAuth.Tool.Cli;

/// <summary>Options that several commands share.</summary>
internal static class CommonOptions
{
    private static readonly string[] s_timeFormats = ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd HH:mm:ssK"];

    /// <summary>Creates <c>--at</c>, or another option that is a date or a time in UTC.</summary>
    internal static Option<DateTimeOffset?> CreateTimeOption(
        string name = "--at", string description = "The time to decide for, instead of now") => new(name)
        {
            Description = $"{description}: 2026-11-21 or 2026-11-21T12:00:00Z.",
            HelpName = "TIME",
            CustomParser = argument => ReadTime(name, argument),
        };

    /// <summary>Creates an option that is followed by one or more files and can be repeated.</summary>
    internal static Option<string[]> CreateFilesOption(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "FILE",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => [],
    };

    internal static Option<string> CreateRequiredOption(string name, string helpName, string description) =>
        new(name) { Description = description, HelpName = helpName, Required = true };

    /// <summary>Returns a clock that always reads the time of <c>--at</c>; without the option, the clock of the environment.</summary>
    internal static TimeProvider GetClock(this ParseResult parsed, Option<DateTimeOffset?> at, ToolEnvironment environment) =>
        parsed.GetValue(at) is { } time ? new FixedTimeProvider(time) : environment.TimeProvider;

    private static DateTimeOffset? ReadTime(string name, ArgumentResult argument)
    {
        string text = argument.Tokens[0].Value;
        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        if (DateTimeOffset.TryParseExact(text, s_timeFormats, CultureInfo.InvariantCulture, Utc, out DateTimeOffset time))
            return time;
        argument.AddError($"{name}: Expected a date or a time in UTC, such as 2026-11-21T12:00:00Z, not {text}.");
        return null;
    }

    private sealed class FixedTimeProvider(DateTimeOffset time) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => time;
    }
}
