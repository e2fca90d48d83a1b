using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace CertAuth.MySqlServer.Logging;

/// <summary>A log with one JSON object per line. Safe for concurrent use.</summary>
/// <remarks>As an <see cref="ILogger"/>, it receives the messages of CertAuth.Reloading.</remarks>
internal sealed class JsonLog(TextWriter output) : ILogger
{
    // The default encoder escapes everything except ASCII, so a peer cannot start a new line.
    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.Default };
    private readonly Lock _lock = new();

    /// <param name="kind">The name of the event, a lower-case word.</param>
    /// <param name="write">Writes the members.</param>
    internal void Write(string kind, Action<Utf8JsonWriter> write)
    {
        using MemoryStream line = new();
        using (Utf8JsonWriter json = new(line, s_options))
        {
            json.WriteStartObject();
            json.WriteString("time", TimeProvider.System.GetUtcNow());
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

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
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
