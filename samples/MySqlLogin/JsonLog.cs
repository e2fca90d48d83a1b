using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace MySqlLogin;

/// <summary>A log with one JSON object per line. Safe for concurrent use. As an <see cref="ILogger"/>, it receives the messages about
/// reloads.</summary>
internal sealed class JsonLog(TextWriter output) : ILogger
{
    private readonly Lock _lock = new();

    /// <summary>Writes an event and its details, the properties of an object, as one line. The serializer escapes everything except ASCII,
    /// so a peer cannot start a new line.</summary>
    internal void Write(string name, object details)
    {
        string json = JsonSerializer.Serialize(
            new { Time = TimeProvider.System.GetUtcNow(), Event = name, Details = details }, JsonSerializerOptions.Web);
        lock (_lock)
        {
            output.WriteLine(json);
            output.Flush();
        }
    }

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Write("reload", new { Level = logLevel.ToString(), Message = formatter(state, exception) });

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;
}
