namespace CertAuth;

/// <summary>The reason why a login, a certificate or a token was rejected, with the fact that was required and the fact that was
/// presented.</summary>
/// <remarks>
/// <para>A rejection is for the log of the application, never for the peer. The texts are escaped (control and invisible characters appear
/// as <c>\u{…}</c>) and bounded in length.</para>
/// <para>The texts are computed when they are first read, so that a rejection costs no more than an acceptance. Immutable; safe for
/// concurrent use.</para>
/// </remarks>
public sealed class Rejection
{
    private readonly Lazy<RejectionDetails> _details;

    /// <summary>Initializes a rejection with the given facts, for a custom authenticator.</summary>
    /// <param name="reason">The reason.</param>
    /// <param name="required">The fact that was required; null if the reason needs no facts.</param>
    /// <param name="presented">The fact that was presented; null if nothing was presented, or if the reason needs no facts.</param>
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

    /// <summary>Gets the reason. Its number is stable across versions.</summary>
    public RejectionReason Reason { get; }

    /// <summary>Gets a sentence that describes the reason, without the facts. The wording may change between versions.</summary>
    public string Summary => RejectionSentences.Get(Reason);

    /// <summary>Gets the fact that was required, escaped; null if the reason needs no facts.</summary>
    public string? Required => _details.Value.Required;

    /// <summary>Gets the fact that was presented, escaped; null if nothing was presented, or if the reason needs no facts.</summary>
    public string? Presented => _details.Value.Presented;

    /// <summary>Gets the first difference between the required and the presented name, escaped; null for reasons that compare no
    /// names.</summary>
    public string? Difference => _details.Value.Difference;

    /// <summary>Returns one line for a log: the <see cref="Summary"/>, then the facts.</summary>
    public override string ToString()
    {
        string facts = _details.Value.ToString();
        return facts.Length == 0 ? Summary : $"{Summary} {facts}{(facts.EndsWith('.') ? "" : ".")}";
    }
}
