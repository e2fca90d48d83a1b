namespace CertAuth.Tool.Cli;

/// <summary>Where a verb reads and writes, and what time it is.</summary>
internal sealed record ToolEnvironment
{
    internal required Input Input { get; init; }

    internal required TextWriter Output { get; init; }

    internal required TextWriter Error { get; init; }

    internal required Style Style { get; init; }

    /// <summary>Whether a person watches the error stream: there progress is shown.</summary>
    internal bool ShowsProgress { get; init; }

    internal TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>The host of the process.</summary>
    internal static ToolEnvironment CreateForProcess() => new()
    {
        Input = new(Console.OpenStandardInput()),
        Output = Console.Out,
        Error = Console.Error,
        Style = Style.ForTerminal(Console.IsOutputRedirected, Environment.GetEnvironmentVariable("NO_COLOR"), Environment.GetEnvironmentVariable("TERM")),
        ShowsProgress = !Console.IsErrorRedirected,
    };
}
