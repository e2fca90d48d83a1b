using System.CommandLine;
using CertAuth.Tool.Cli;
using CertAuth.Tool.Writing;

namespace CertAuth.Tool.Commands;

/// <summary>Options of the verbs that write certificates.</summary>
internal sealed class CaOptions
{
    internal const int DefaultDaysOfCa = 3650;
    internal const int DefaultDaysOfLeaf = 365;

    // A hundred years.
    private const int MaxDays = 36_525;

    // More than any path has.
    private const int MaxPathLength = 10;

    private readonly int _defaultDays;

    internal CaOptions(string defaultName, string whose, int defaultDays)
    {
        _defaultDays = defaultDays;
        Name = new("--name") { Description = $"how the names of the files {whose} begin", HelpName = "NAME", DefaultValueFactory = _ => defaultName };
        Days = BoundedOption.Create("--days", $"for how many days it is valid; {defaultDays} where it is left out", 1, MaxDays);
    }

    internal Option<string> Name { get; }

    internal Option<int?> Days { get; }

    internal Option<string> Folder { get; } = CreateFolder();

    internal Option<bool> Force { get; } = CreateForce();

    internal static Option<string> CreateFolder() => new("--folder")
    {
        Description = "the folder of the files",
        HelpName = "DIR",
        DefaultValueFactory = _ => ".",
    };

    internal static Option<bool> CreateForce() => new("--force") { Description = "replace files that are there already" };

    internal static Option<int?> PathLength() =>
        BoundedOption.Create("--path-length", "how many CAs may stand between this one and a client; any number where it is left out", 0, MaxPathLength);

    internal IfPresent IfPresentOf(ParseResult parsed) => parsed.GetValue(Force) ? IfPresent.Replace : IfPresent.Refuse;

    /// <summary>The last second of validity.</summary>
    internal DateTimeOffset EndOf(ParseResult parsed, ToolHost host) => host.TimeProvider.GetUtcNow().AddDays(parsed.GetValue(Days) ?? _defaultDays);
}
