using Microsoft.Extensions.Logging;

namespace CertAuth.Tests.Support;

/// <summary>A logger that throws while <see cref="Throws"/> is set.</summary>
internal sealed class ThrowingLogger : ILogger
{
    internal bool Throws { get; set; } = true;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => Throws ? throw new IOException("The disk is full.") : true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (Throws)
            throw new IOException("The disk is full.");
    }
}
