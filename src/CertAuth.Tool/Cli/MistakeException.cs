namespace CertAuth.Tool.Cli;

/// <summary>What whoever called the tool must mend: one line for stderr, with what to do about it.</summary>
/// <param name="message">The line; text of files and arguments in it has gone through <see cref="Shown.Safe"/>.</param>
internal sealed class MistakeException(string message) : Exception(message);
