using System.CommandLine;
using CertAuth.Tool.Cli;
using CertAuth.Tool.Writing;

namespace CertAuth.Tool.Commands;

/// <summary>Options of the verbs that write certificates.</summary>
internal sealed class CaOptions
{
    internal const int DefaultCaDays = 3650;
    internal const int DefaultLeafDays = 365;

    // A hundred years.
    private const int MaxDays = 36_525;

    // More than any path has.
    private const int MaxPathLength = 10;

    private readonly int _defaultDays;

    internal CaOptions(string defaultName, string fileOwner, int defaultDays)
    {
        _defaultDays = defaultDays;
        Name = new("--name") { Description = $"how the names of the files {fileOwner} begin", HelpName = "NAME", DefaultValueFactory = _ => defaultName };
        Days = IntegerOption.Create("--days", $"for how many days it is valid; {defaultDays} where it is left out", 1, MaxDays);
    }

    internal Option<string> Name { get; }

    internal Option<int?> Days { get; }

    internal Option<string> Folder { get; } = CreateFolderOption();

    internal Option<bool> Force { get; } = CreateForceOption();

    internal static Option<string> CreateFolderOption() => new("--folder")
    {
        Description = "the folder of the files",
        HelpName = "DIR",
        DefaultValueFactory = _ => ".",
    };

    internal static Option<bool> CreateForceOption() => new("--force") { Description = "replace files that are there already" };

    internal static Option<int?> CreatePathLengthOption() =>
        IntegerOption.Create("--path-length", "how many CAs may stand between this one and a client; any number where it is left out", 0, MaxPathLength);

    internal OverwriteMode GetOverwriteMode(ParseResult parsed) => parsed.GetValue(Force) ? OverwriteMode.Replace : OverwriteMode.Fail;

    /// <summary>The last second of validity.</summary>
    internal DateTimeOffset GetNotAfter(ParseResult parsed, ToolEnvironment environment) => environment.TimeProvider.GetUtcNow().AddDays(parsed.GetValue(Days) ?? _defaultDays);
}
