using Microsoft.Extensions.Logging;

#pragma warning disable CA1031 // A logger that throws must end neither a reload nor a login that waits for it.
namespace CertAuth.Reloading;

/// <summary>Wraps the application's logger, and ignores the exceptions of <see cref="IsEnabled"/> and <see cref="Log"/>. The logger of
/// Microsoft.Extensions.Logging throws if one of its providers does.</summary>
internal sealed class NonThrowingLogger(ILogger inner) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => inner.BeginScope(state);

    public bool IsEnabled(LogLevel logLevel)
    {
        try
        {
            return inner.IsEnabled(logLevel);
        }
        catch (Exception)
        {
            return false;
        }
    }

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        try
        {
            inner.Log(logLevel, eventId, state, exception, formatter);
        }
        catch (Exception)
        {
            // There is nowhere else to report it.
        }
    }
}
