namespace CertAuth.Tool.Cli;

/// <summary>The progress of a long run: one line on the error stream, which is overwritten, and erased at the end.</summary>
/// <param name="error">The error stream.</param>
/// <param name="isVisible">Whether the line is shown, because the error stream is a terminal.</param>
internal sealed class ProgressLine(TextWriter error, bool isVisible) : IDisposable
{
    private string _text = "";

    internal void Report(string label, int done, int total)
    {
        string line = isVisible ? $"{label}: {done * 100L / total} %" : "";
        if (line != _text)
            Show(line);
    }

    public void Dispose()
    {
        if (_text.Length > 0)
            Show("");
    }

    private void Show(string line)
    {
        error.Write($"\r{line.PadRight(_text.Length)}{(line.Length == 0 ? "\r" : "")}");
        _text = line;
    }
}
