namespace CertAuth.Tool.Cli;

/// <summary>The exception that is thrown when an argument or a file is invalid.</summary>
/// <param name="message">A sentence for the error stream that says what is wrong and what to do. Text of files and arguments in it is
/// escaped with <see cref="TerminalText.Escape"/>.</param>
internal sealed class UserErrorException(string message) : Exception(message);
