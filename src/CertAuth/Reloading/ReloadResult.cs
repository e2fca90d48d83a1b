using System.Diagnostics.CodeAnalysis;

namespace CertAuth.Reloading;

/// <summary>What became of one look.</summary>
public enum ReloadOutcome
{
    /// <summary>There was none.</summary>
    None = 0,

    /// <summary>Something new is in use.</summary>
    Loaded = 1,

    /// <summary>What is in use is what was found.</summary>
    Unchanged = 2,

    /// <summary>What was found can't be used; what was in use stays.</summary>
    Failed = 3,
}

/// <summary>What became of one look, and why.</summary>
/// <remarks>Immutable; safe for concurrent use.</remarks>
public sealed class ReloadResult
{
    private ReloadResult(ReloadOutcome outcome, string? problem, ReadOnlyMemory<byte> rejectedDigest = default) =>
        (Outcome, Problem, RejectedDigest) = (outcome, problem, rejectedDigest);

    /// <summary>What became of it.</summary>
    public ReloadOutcome Outcome { get; }

    /// <summary>Why it failed, one line for a log; null where it didn't.</summary>
    public string? Problem { get; }

    internal static ReloadResult Loaded { get; } = new(ReloadOutcome.Loaded, null);

    internal static ReloadResult Unchanged { get; } = new(ReloadOutcome.Unchanged, null);

    /// <summary>Whether it failed, and then there is a problem.</summary>
    [MemberNotNullWhen(true, nameof(Problem))]
    internal bool HasFailed => Outcome == ReloadOutcome.Failed;

    /// <summary>The digest of the content that was refused; empty where nothing was read.</summary>
    internal ReadOnlyMemory<byte> RejectedDigest { get; }

    internal static ReloadResult Failed(string problem, ReadOnlyMemory<byte> rejectedDigest = default) =>
        new(ReloadOutcome.Failed, LogText.Escape(problem), rejectedDigest);

    /// <summary>One line for a log.</summary>
    public override string ToString() => Problem is null ? $"{Outcome}" : $"{Outcome}: {Problem}";
}
