using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace CertAuth.Tool.Cli;

/// <summary>Options that several verbs have.</summary>
internal static class CommonOptions
{
    private static readonly string[] s_timeFormats = ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd HH:mm:ssK"];

    /// <summary><c>--at</c>: the time to decide for. Without it, the host's.</summary>
    internal static Option<DateTimeOffset?> CreateTimeOption(string name = "--at", string description = "decide for this time instead of now") => new(name)
    {
        Description = $"{description}: 2026-11-21 or 2026-11-21T12:00:00Z",
        HelpName = "TIME",
        CustomParser = argument => ReadTime(name, argument),
    };

    /// <summary>One or more files after one option, or after each of several.</summary>
    internal static Option<string[]> CreateFilesOption(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "FILE",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => [],
    };

    internal static Option<string> CreateRequiredOption(string name, string helpName, string description) =>
        new(name) { Description = description, HelpName = helpName, Required = true };

    /// <summary>The clock of a verb: standing at <c>--at</c>, or the host's.</summary>
    internal static TimeProvider GetClock(this ParseResult parsed, Option<DateTimeOffset?> at, ToolEnvironment environment) =>
        parsed.GetValue(at) is { } time ? new FixedTimeProvider(time) : environment.TimeProvider;

    private static DateTimeOffset? ReadTime(string name, ArgumentResult argument)
    {
        string text = argument.Tokens[0].Value;
        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        if (DateTimeOffset.TryParseExact(text, s_timeFormats, CultureInfo.InvariantCulture, Utc, out DateTimeOffset time))
            return time;
        argument.AddError($"{name} takes a date or a time in UTC, such as 2026-11-21T12:00:00Z, not {text}.");
        return null;
    }

    private sealed class FixedTimeProvider(DateTimeOffset time) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => time;
    }
}
