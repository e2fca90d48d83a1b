namespace CertAuth;

/// <summary>The fact that was required, the fact that was presented, and the first difference between two names.</summary>
/// <param name="Required">The fact that was required; null if there is none.</param>
/// <param name="Presented">The fact that was presented; null if nothing was presented.</param>
/// <param name="Difference">The first difference; null if no names are compared.</param>
/// <param name="Context">Where the requirement is, such as <c>alternative 2 of 3</c>; null if there is only one.</param>
internal readonly record struct RejectionDetails(
    string? Required, string? Presented, string? Difference = null, string? Context = null)
{
    /// <summary>Returns a copy in which each text is escaped and bounded for a log line.</summary>
    internal RejectionDetails Escape() => new(Escape(Required), Escape(Presented), Escape(Difference), Escape(Context));

    /// <summary>Returns the facts in one line, without a final period; empty if there are none.</summary>
    public override string ToString()
    {
        string context = Context is null ? "" : $"({Context}) ";
        string difference = Difference is null ? "" : $" ({Difference})";
        return (Required, Presented) switch
        {
            (null, null) => "",
            (null, { } presented) => $"{context}Presented: {presented}{difference}",
            ({ } required, null) => $"{context}Required: {required}; none presented{difference}",
            ({ } required, { } presented) => $"{context}Required: {required}; presented: {presented}{difference}",
        };
    }

    private static string? Escape(string? text) => text is null ? null : LogText.Escape(text);
}
