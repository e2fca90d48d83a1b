namespace CertAuth.Tool.Cli;

/// <summary>How far a long run is: one line on the error stream that is written over, and gone at the end.</summary>
/// <param name="error">The error stream.</param>
/// <param name="isShown">Whether a person watches it.</param>
internal sealed class Progress(TextWriter error, bool isShown) : IDisposable
{
    private string _shown = "";

    internal void Report(string what, int done, int total)
    {
        string line = isShown ? $"{what}: {done * 100L / total} %" : "";
        if (line != _shown)
            Show(line);
    }

    public void Dispose()
    {
        if (_shown.Length > 0)
            Show("");
    }

    private void Show(string line)
    {
        error.Write($"\r{line.PadRight(_shown.Length)}{(line.Length == 0 ? "\r" : "")}");
        _shown = line;
    }
}
