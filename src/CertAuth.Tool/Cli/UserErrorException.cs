namespace CertAuth.Tool.Cli;

/// <summary>What whoever called the tool must mend: one line for stderr, with what to do about it.</summary>
/// <param name="message">The line; text of files and arguments in it has gone through <see cref="TerminalText.Escape"/>.</param>
internal sealed class UserErrorException(string message) : Exception(message);
