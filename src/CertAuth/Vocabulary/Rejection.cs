namespace CertAuth;

/// <summary>Why something was refused, with the fact that was required and the fact that was presented.</summary>
/// <remarks>For the host's log, never for the peer. The texts are made when they are first asked for, so that a refusal costs no more than an
/// acceptance; control characters in them are escaped and their length is bounded. Immutable; safe for concurrent use.</remarks>
public sealed class Rejection
{
    private readonly Lazy<RejectionDetails> _details;

    /// <summary>A refusal with texts at hand, for an authenticator of the host's own.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="reason"/> is <see cref="RejectionReason.None"/>.</exception>
    public Rejection(RejectionReason reason, string? required = null, string? presented = null)
        : this(reason, () => new RejectionDetails(required, presented))
    {
    }

    internal Rejection(RejectionReason reason, Func<RejectionDetails> details)
    {
        ArgumentOutOfRangeException.ThrowIfEqual(reason, RejectionReason.None);
        Reason = reason;
        _details = new(() => details().Escape(), LazyThreadSafetyMode.PublicationOnly);
    }

    /// <summary>The reason, stable across versions.</summary>
    public RejectionReason Reason { get; }

    /// <summary>What was required, escaped for a log line; null where the reason says it all.</summary>
    public string? Required => _details.Value.Required;

    /// <summary>What was presented, escaped for a log line; null where nothing was, or where the reason says it all.</summary>
    public string? Presented => _details.Value.Presented;

    /// <summary>Where a required and a presented name part, escaped for a log line; null for other reasons.</summary>
    public string? Difference => _details.Value.Difference;

    /// <summary>One line for a log: the reason, then the facts.</summary>
    public override string ToString()
    {
        string facts = _details.Value.ToString();
        return facts.Length == 0 ? $"{Reason}" : $"{Reason}: {facts}";
    }
}
