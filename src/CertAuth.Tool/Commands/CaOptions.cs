using System.CommandLine;
using CertAuth.Tool.Cli;
using CertAuth.Tool.Writing;

namespace CertAuth.Tool.Commands;

/// <summary>The options of the commands that create certificates.</summary>
internal sealed class CaOptions
{
    internal const int DefaultCaDays = 3650;
    internal const int DefaultLeafDays = 365;

    // 100 years.
    private const int MaxDays = 36_525;

    // Longer certificate paths do not occur in practice.
    private const int MaxPathLength = 10;

    private readonly int _defaultDays;

    internal CaOptions(string defaultName, string owner, int defaultDays)
    {
        _defaultDays = defaultDays;
        Name = new("--name")
        {
            Description = $"The name of {owner}: the beginning of its file names.",
            HelpName = "NAME",
            DefaultValueFactory = _ => defaultName,
        };
        Days = IntegerOption.Create("--days", $"The validity in days. Default: {defaultDays}.", 1, MaxDays);
    }

    internal Option<string> Name { get; }

    internal Option<int?> Days { get; }

    internal Option<string> Folder { get; } = CreateFolderOption();

    internal Option<bool> Force { get; } = CreateForceOption();

    internal static Option<string> CreateFolderOption() => new("--folder")
    {
        Description = "The folder of the files.",
        HelpName = "DIR",
        DefaultValueFactory = _ => ".",
    };

    internal static Option<bool> CreateForceOption() => new("--force") { Description = "Replace existing files." };

    internal static Option<int?> CreatePathLengthOption() => IntegerOption.Create(
        "--path-length", "The maximum number of CAs between this CA and a client. Default: no limit.", 0, MaxPathLength);

    internal OverwriteMode GetOverwriteMode(ParseResult parsed) => parsed.GetValue(Force) ? OverwriteMode.Replace : OverwriteMode.Fail;

    /// <summary>Returns the last second of the validity period.</summary>
    internal DateTimeOffset GetNotAfter(ParseResult parsed, ToolEnvironment environment) =>
        environment.TimeProvider.GetUtcNow().AddDays(parsed.GetValue(Days) ?? _defaultDays);
}
