namespace CertAuth.Tool.Cli;

/// <summary>How far a long run is: one line on the error stream that is written over, and gone at the end.</summary>
/// <param name="error">The error stream.</param>
/// <param name="isVisible">Whether a person watches it.</param>
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
