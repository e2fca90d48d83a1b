using System.Diagnostics.CodeAnalysis;

namespace CertAuth;

/// <summary>The outcome of one login attempt: an identity, or a rejection.</summary>
/// <remarks>Immutable; safe for concurrent use.</remarks>
public sealed class AuthenticationResult
{
    private AuthenticationResult(AuthenticatedIdentity? identity, Rejection? rejection, TlsConnectionInfo? connection) =>
        (Identity, Rejection, Connection) = (identity, rejection, connection);

    /// <summary>Gets a value that indicates whether the login was accepted.</summary>
    [MemberNotNullWhen(true, nameof(Identity))]
    [MemberNotNullWhen(false, nameof(Rejection))]
    public bool Succeeded => Identity is not null;

    /// <summary>Gets the identity of the client; null if the login was rejected.</summary>
    public AuthenticatedIdentity? Identity { get; }

    /// <summary>Gets the reason for the rejection, for the log of the application and never for the client; null if the login was
    /// accepted.</summary>
    public Rejection? Rejection { get; }

    /// <summary>Gets the facts of the client's connection that were evaluated, direct or forwarded by a proxy; null for a client without
    /// TLS, or if none were evaluated. Pass them to <see cref="Requirements.LoginRequirement.Explain"/> to compare each part of the
    /// requirement.</summary>
    public TlsConnectionInfo? Connection { get; }

    /// <summary>Creates the result of a login that was accepted.</summary>
    /// <param name="identity">The identity of the client.</param>
    /// <exception cref="ArgumentNullException"><paramref name="identity"/> is null.</exception>
    public static AuthenticationResult Accepted(AuthenticatedIdentity identity)
    {
        ArgumentNullException.ThrowIfNull(identity);
        return new(identity, null, identity.Connection);
    }

    /// <summary>Creates the result of a login that was rejected.</summary>
    /// <param name="rejection">The reason.</param>
    /// <param name="connection">The facts that were evaluated; null if none were.</param>
    /// <exception cref="ArgumentNullException"><paramref name="rejection"/> is null.</exception>
    public static AuthenticationResult Rejected(Rejection rejection, TlsConnectionInfo? connection = null)
    {
        ArgumentNullException.ThrowIfNull(rejection);
        return new(null, rejection, connection);
    }

    /// <summary>Returns one line for a log, such as <c>accepted: alice by certificate</c> or
    /// <c>rejected (106): The subject of the client certificate does not match. …</c>, with the number of the
    /// <see cref="RejectionReason"/>.</summary>
    public override string ToString() => Succeeded
        ? $"accepted: {LogText.Escape(Identity.UserName)} by {Identity.Method.GetDisplayName()}"
        : $"rejected ({(int)Rejection.Reason}): {Rejection}";
}
