using System.Diagnostics.CodeAnalysis;

namespace CertAuth;

/// <summary>The outcome of one attempt: an identity, or the reason there is none.</summary>
/// <remarks>Immutable; safe for concurrent use.</remarks>
public sealed class AuthenticationResult
{
    private AuthenticationResult(AuthenticatedIdentity? identity, Rejection? rejection, TlsConnectionInfo? connection) =>
        (Identity, Rejection, Connection) = (identity, rejection, connection);

    /// <summary>Whether the client may in.</summary>
    [MemberNotNullWhen(true, nameof(Identity))]
    [MemberNotNullWhen(false, nameof(Rejection))]
    public bool Succeeded => Identity is not null;

    /// <summary>Who logged in; null where nobody did.</summary>
    public AuthenticatedIdentity? Identity { get; }

    /// <summary>Why nobody did, for the host's log and never for the client; null where somebody did.</summary>
    public Rejection? Rejection { get; }

    /// <summary>The client may in.</summary>
    public static AuthenticationResult Accepted(AuthenticatedIdentity identity)
    {
        ArgumentNullException.ThrowIfNull(identity);
        return new(identity, null, identity.Connection);
    }

    /// <summary>The facts of the client's connection that were evaluated, be they direct or forwarded by a proxy: what <c>Explain</c> of the account's
    /// requirement takes. Null for a client without TLS, and where none were evaluated.</summary>
    public TlsConnectionInfo? Connection { get; }

    /// <summary>The client may not.</summary>
    /// <param name="rejection">Why not.</param>
    /// <param name="connection">The facts that were evaluated.</param>
    public static AuthenticationResult Rejected(Rejection rejection, TlsConnectionInfo? connection = null)
    {
        ArgumentNullException.ThrowIfNull(rejection);
        return new(null, rejection, connection);
    }

    /// <summary>Returns one line for a log, such as <c>accepted: alice by certificate</c> or <c>rejected (106): The subject …</c>, with the number of
    /// the reason.</summary>
    public override string ToString() => Succeeded
        ? $"accepted: {LogText.Escape(Identity.UserName)} by {Identity.Method.GetDisplayName()}"
        : $"rejected ({(int)Rejection.Reason}): {Rejection}";
}
