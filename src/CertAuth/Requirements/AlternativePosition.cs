namespace CertAuth.Requirements;

/// <summary>The position of an alternative in its requirement.</summary>
/// <param name="Number">The number, counted from 1; 0 for a check of the requirement as a whole.</param>
/// <param name="Count">The number of alternatives of the requirement.</param>
internal readonly record struct AlternativePosition(int Number, int Count)
{
    /// <summary>Returns the position for a log, such as <c>alternative 2 of 3</c>; null if there is nothing to distinguish.</summary>
    internal string? Describe() => Number > 0 && Count > 1 ? $"alternative {Number} of {Count}" : null;
}
