using Microsoft.Extensions.Logging;

namespace CertAuth.Tests.Support;

/// <summary>One line of a log.</summary>
internal sealed record LogLine(int Id, LogLevel Level, string Text);
