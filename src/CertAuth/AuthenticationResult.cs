using System.Diagnostics.CodeAnalysis;
using CertAuth.Tls;

namespace CertAuth;

/// <summary>The outcome of one attempt: an identity, or the reason there is none.</summary>
/// <remarks>Immutable; safe for concurrent use.</remarks>
public sealed class AuthenticationResult
{
    private AuthenticationResult(AuthenticatedIdentity? identity, Refusal? refusal, TlsConnectionInfo? connection) =>
        (Identity, Refusal, Connection) = (identity, refusal, connection);

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
        return new(identity, null, identity.Connection);
    }

    /// <summary>The facts of the client's connection that were evaluated, be they direct or forwarded by a proxy: what <c>Explain</c> of the account's
    /// requirement takes. Null for a client without TLS, and where none were evaluated.</summary>
    public TlsConnectionInfo? Connection { get; }

    /// <summary>The client may not.</summary>
    /// <param name="refusal">Why not.</param>
    /// <param name="connection">The facts that were evaluated.</param>
    public static AuthenticationResult Refused(Refusal refusal, TlsConnectionInfo? connection = null)
    {
        ArgumentNullException.ThrowIfNull(refusal);
        return new(null, refusal, connection);
    }

    /// <summary>One line for a log.</summary>
    public override string ToString() => Succeeded
        ? $"allowed: {LogText.Escape(Identity.UserName)} by {Identity.Method}"
        : $"denied: {Refusal}";
}
