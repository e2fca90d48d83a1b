namespace CertAuth;

/// <summary>What was required, what was presented, and where two names part.</summary>
internal readonly record struct RejectionDetails(string? Required, string? Presented, string? Difference = null)
{
    /// <summary>The same, each text fit for a log line.</summary>
    internal RejectionDetails Escape() => new(Escape(Required), Escape(Presented), Escape(Difference));

    public override string ToString()
    {
        string difference = Difference is null ? "" : $" ({Difference})";
        return (Required, Presented) switch
        {
            (null, null) => "",
            (null, { } presented) => $"presented {presented}{difference}",
            ({ } required, null) => $"required {required}; none was presented{difference}",
            ({ } required, { } presented) => $"required {required}; presented {presented}{difference}",
        };
    }

    private static string? Escape(string? text) => text is null ? null : LogText.Escape(text);
}
