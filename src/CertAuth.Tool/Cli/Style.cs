namespace CertAuth.Tool.Cli;

/// <summary>Colours, where a person looks at them.</summary>
/// <remarks>https://no-color.org: NO_COLOR, not empty, switches them off.</remarks>
internal sealed class Style(bool isColoured)
{
    internal static Style ForTerminal(bool isRedirected, string? noColor, string? term) =>
        new(!isRedirected && string.IsNullOrEmpty(noColor) && term != "dumb");

    internal string Good(string text) => Colorize(text, "32");

    internal string Bad(string text) => Colorize(text, "31");

    internal string Warning(string text) => Colorize(text, "33");

    internal string Label(string text) => Colorize(text, "1");

    private string Colorize(string text, string colour) => isColoured ? $"\e[{colour}m{text}\e[0m" : text;
}
