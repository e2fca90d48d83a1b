using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace MySqlLogin.Logging;

/// <summary>One JSON object a line. Safe for concurrent use.</summary>
/// <remarks>As an <see cref="ILogger"/> it takes what CertAuth.Reloading has to say.</remarks>
internal sealed class JsonLog(TextWriter output, TimeProvider clock) : ILogger
{
    // The strict encoder: whatever a peer sent, a line is ASCII, and one line.
    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.Default };
    private readonly Lock _lock = new();

    /// <param name="kind">What happened: short, lower case.</param>
    /// <param name="write">Writes the members.</param>
    internal void Write(string kind, Action<Utf8JsonWriter> write)
    {
        using MemoryStream line = new();
        using (Utf8JsonWriter json = new(line, s_options))
        {
            json.WriteStartObject();
            json.WriteString("time", clock.GetUtcNow());
            json.WriteString("event", kind);
            write(json);
            json.WriteEndObject();
        }

        lock (_lock)
        {
            output.WriteLine(System.Text.Encoding.UTF8.GetString(line.GetBuffer(), 0, (int)line.Length));
            output.Flush();
        }
    }

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Write("reload", json =>
        {
            json.WriteString("level", logLevel.ToString());
            json.WriteNumber("id", eventId.Id);
            json.WriteString("message", formatter(state, exception));
        });

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;
}
