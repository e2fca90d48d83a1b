namespace CertAuth.Tool.Cli;

/// <summary>The colors of output to a terminal.</summary>
/// <remarks>A NO_COLOR variable that is not empty turns colors off (https://no-color.org).</remarks>
internal sealed class Style(bool isColored)
{
    internal static Style ForTerminal(bool isRedirected, string? noColor, string? term) =>
        new(!isRedirected && string.IsNullOrEmpty(noColor) && term != "dumb");

    internal string Good(string text) => Colorize(text, "32");

    internal string Bad(string text) => Colorize(text, "31");

    internal string Warning(string text) => Colorize(text, "33");

    internal string Label(string text) => Colorize(text, "1");

    private string Colorize(string text, string color) => isColored ? $"\e[{color}m{text}\e[0m" : text;
}
