using System.Diagnostics.CodeAnalysis;

namespace CertAuth;

/// <summary>The outcome of one attempt: an identity, or the reason there is none.</summary>
/// <remarks>Immutable; safe for concurrent use.</remarks>
public sealed class AuthenticationResult
{
    private AuthenticationResult(AuthenticatedIdentity? identity, Refusal? refusal) => (Identity, Refusal) = (identity, refusal);

    /// <summary>Whether the client may in.</summary>
    [MemberNotNullWhen(true, nameof(Identity))]
    [MemberNotNullWhen(false, nameof(Refusal))]
    public bool Succeeded => Identity is not null;

    /// <summary>Who logged in; null where nobody did.</summary>
    public AuthenticatedIdentity? Identity { get; }

    /// <summary>Why nobody did, for the host's log and never for the client; null where somebody did.</summary>
    public Refusal? Refusal { get; }

    /// <summary>The client may in.</summary>
    public static AuthenticationResult Success(AuthenticatedIdentity identity)
    {
        ArgumentNullException.ThrowIfNull(identity);
        return new(identity, null);
    }

    /// <summary>The client may not.</summary>
    public static AuthenticationResult Refused(Refusal refusal)
    {
        ArgumentNullException.ThrowIfNull(refusal);
        return new(null, refusal);
    }

    /// <summary>One line for a log.</summary>
    public override string ToString() => Succeeded
        ? $"allowed: {LogText.Escape(Identity.UserName)} by {Identity.Method}"
        : $"denied: {Refusal}";
}
