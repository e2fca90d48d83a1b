namespace CertAuth.Tool.Cli;

/// <summary>What the tool tells a script.</summary>
internal static class ExitCode
{
    /// <summary>Done; where something was to be decided: yes.</summary>
    internal const int Success = 0;

    /// <summary>Decided, and the answer is no: denied, not verified, somebody would be locked out.</summary>
    internal const int Negative = 1;

    /// <summary>Nothing was decided: a wrong option, a file that can't be read, a clause that is none.</summary>
    internal const int UserError = 2;
}
