namespace CertAuth.Benchmarks;

/// <summary>A process that prints a line when it is ready, answers each line of its input with a line, and exits at the end of its
/// input.</summary>
internal sealed class Child : IAsyncDisposable
{
    private readonly Process _process;

    private Child(Process process, string first) => (_process, FirstLine) = (process, first);

    /// <summary>Gets the line that the process printed when it was ready.</summary>
    internal string FirstLine { get; }

    internal static async Task<Child> StartAsync(string program, params string[] arguments)
    {
        Process process = Process.Start(
            new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        string first = await process.StandardOutput.ReadLineAsync()
            ?? throw new InvalidOperationException($"{string.Join(' ', arguments)}: the process has ended without a result.");
        return new(process, first);
    }

    internal async Task<string> AskAsync()
    {
        await _process.StandardInput.WriteLineAsync("?");
        await _process.StandardInput.FlushAsync();
        return await _process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The process has ended.");
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
