namespace CertAuth.Tool.Cli;

/// <summary>The format of the output.</summary>
internal enum OutputFormat
{
    /// <summary>Lines for people.</summary>
    Text = 0,

    /// <summary>One JSON object, for scripts.</summary>
    Json = 1,
}
