namespace CertAuth;

/// <summary>The fact that was required, the fact that was presented, and the first difference between two names.</summary>
internal readonly record struct RejectionDetails(string? Required, string? Presented, string? Difference = null)
{
    /// <summary>Returns a copy in which each text is escaped and bounded for a log line.</summary>
    internal RejectionDetails Escape() => new(Escape(Required), Escape(Presented), Escape(Difference));

    /// <summary>Returns the facts in one line, without a final period; empty if there are none.</summary>
    public override string ToString()
    {
        string difference = Difference is null ? "" : $" ({Difference})";
        return (Required, Presented) switch
        {
            (null, null) => "",
            (null, { } presented) => $"Presented: {presented}{difference}",
            ({ } required, null) => $"Required: {required}; none presented{difference}",
            ({ } required, { } presented) => $"Required: {required}; presented: {presented}{difference}",
        };
    }

    private static string? Escape(string? text) => text is null ? null : LogText.Escape(text);
}
