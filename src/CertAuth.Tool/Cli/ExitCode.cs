namespace CertAuth.Tool.Cli;

/// <summary>The exit codes of the tool.</summary>
internal static class ExitCode
{
    /// <summary>The command succeeded. If it makes a decision, the answer is yes.</summary>
    internal const int Success = 0;

    /// <summary>The command made a decision, and the answer is no: a rejected login, or an account that would be locked out.</summary>
    internal const int Negative = 1;

    /// <summary>The command made no decision, because an option, a file or a clause is invalid.</summary>
    internal const int UserError = 2;
}
