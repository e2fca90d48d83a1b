using System.Diagnostics.CodeAnalysis;

namespace CertAuth.Reloading;

/// <summary>The result of a reload.</summary>
/// <remarks>Immutable; safe for concurrent use.</remarks>
public sealed class ReloadResult
{
    private ReloadResult(ReloadOutcome outcome, string? problem, ReadOnlyMemory<byte> rejectedDigest = default) =>
        (Outcome, Problem, RejectedDigest) = (outcome, problem, rejectedDigest);

    /// <summary>Gets the outcome.</summary>
    public ReloadOutcome Outcome { get; }

    /// <summary>Gets the reason why the reload failed: one line for a log; null if it succeeded.</summary>
    public string? Problem { get; }

    internal static ReloadResult Loaded { get; } = new(ReloadOutcome.Loaded, null);

    internal static ReloadResult Unchanged { get; } = new(ReloadOutcome.Unchanged, null);

    [MemberNotNullWhen(true, nameof(Problem))]
    internal bool HasFailed => Outcome == ReloadOutcome.Failed;

    /// <summary>Gets the digest of the content that was rejected; empty if no content was read.</summary>
    internal ReadOnlyMemory<byte> RejectedDigest { get; }

    internal static ReloadResult Failed(string problem, ReadOnlyMemory<byte> rejectedDigest = default) =>
        new(ReloadOutcome.Failed, LogText.Escape(problem), rejectedDigest);

    /// <summary>Returns a sentence that states the outcome, and the problem if there is one: one line for a log.</summary>
    public override string ToString() => Outcome switch
    {
        ReloadOutcome.Loaded => "New material was loaded.",
        ReloadOutcome.Unchanged => "The material has not changed.",
        _ => $"The reload failed: {Problem}",
    };
}
