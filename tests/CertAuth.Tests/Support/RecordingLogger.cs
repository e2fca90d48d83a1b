using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace CertAuth.Tests.Support;

/// <summary>A logger that records its lines. Safe for concurrent use.</summary>
internal sealed class RecordingLogger : ILogger
{
    private readonly ConcurrentQueue<LogLine> _lines = [];

    internal IReadOnlyList<LogLine> Lines => [.. _lines];

    internal IEnumerable<int> Ids => _lines.Select(line => line.Id);

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _lines.Enqueue(new(eventId.Id, logLevel, formatter(state, exception)));

    internal IReadOnlyList<LogLine> Of(int id) => [.. _lines.Where(line => line.Id == id)];

    internal void Clear() => _lines.Clear();
}
