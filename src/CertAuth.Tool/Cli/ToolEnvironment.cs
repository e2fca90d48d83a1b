namespace CertAuth.Tool.Cli;

/// <summary>The streams and the clock that the commands use.</summary>
internal sealed record ToolEnvironment
{
    internal required Input Input { get; init; }

    internal required TextWriter Output { get; init; }

    internal required TextWriter Error { get; init; }

    internal required Style Style { get; init; }

    /// <summary>Gets a value that indicates whether progress is shown on the error stream.</summary>
    internal bool ShowsProgress { get; init; }

    internal TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Creates the environment of the process: its console and the system clock.</summary>
    internal static ToolEnvironment CreateForProcess() => new()
    {
        Input = new(Console.OpenStandardInput()),
        Output = Console.Out,
        Error = Console.Error,
        Style = Style.ForTerminal(
            Console.IsOutputRedirected, Environment.GetEnvironmentVariable("NO_COLOR"), Environment.GetEnvironmentVariable("TERM")),
        ShowsProgress = !Console.IsErrorRedirected,
    };
}
