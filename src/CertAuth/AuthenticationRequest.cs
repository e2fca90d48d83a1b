using CertAuth.Forwarding;

namespace CertAuth;

/// <summary>One login attempt: the account, the facts of the connection, and what the client sent.</summary>
/// <remarks>Immutable; safe for concurrent use. Create one for each attempt.</remarks>
public sealed class AuthenticationRequest
{
    // Whether Connection holds verified facts that a proxy forwarded; if so, whether the proxy's own connection uses TLS.
    private readonly bool _isForwarded;
    private readonly bool _isProxyHopSecure;

    // The RejectionReason of the requirement plus 1; 0 until it is evaluated. A race is benign: both threads compute the same value.
    private int _evaluation;

    /// <summary>Initializes a login attempt.</summary>
    /// <param name="account">The account that the client names, found by its exact name; <see cref="Account.Unknown"/> if there is
    /// none.</param>
    /// <param name="connection">The facts of the connection as this process observed them; null for a connection without TLS. For a
    /// connection from a proxy, the facts of the proxy's own connection.</param>
    /// <exception cref="ArgumentNullException"><paramref name="account"/> is null.</exception>
    public AuthenticationRequest(Account account, TlsConnectionInfo? connection = null)
    {
        ArgumentNullException.ThrowIfNull(account);
        Account = account;
        Connection = connection;
    }

    private AuthenticationRequest(AuthenticationRequest request, TlsConnectionInfo? client)
        : this(request.Account, client)
    {
        Credential = request.Credential;
        ClientHost = request.ClientHost;
        IsFromProxy = request.IsFromProxy;
        Attributes = request.Attributes;
        Challenge = request.Challenge;
        _isForwarded = true;
        _isProxyHopSecure = request.Connection is not null;
    }

    /// <summary>Gets the account that the client names.</summary>
    public Account Account { get; }

    /// <summary>Gets the facts of the connection; null for a connection without TLS.</summary>
    /// <remarks>For a connection from a proxy, these are the proxy's own facts until <see cref="LoginAuthenticator"/> replaces them with
    /// the client's. Facts that a proxy forwarded for an earlier login are rejected with
    /// <see cref="RejectionReason.ForwardedInfoUnexpected"/>.</remarks>
    public TlsConnectionInfo? Connection { get; }

    /// <summary>Gets the credential that the client sent. For a login by token, it is the token in ASCII; one trailing NUL is ignored.
    /// Default: empty.</summary>
    /// <remarks>The memory must not change until the login is decided.</remarks>
    public ReadOnlyMemory<byte> Credential { get; init; }

    /// <summary>Gets the host name or address of the client, which <see cref="ClientError"/> shows to the client. It is not part of the
    /// verdict. Default: empty.</summary>
    public string ClientHost { get => field ?? ""; init; }

    /// <summary>Gets a value that indicates whether the connection comes from a proxy that the application trusts to forward the
    /// certificates of its clients. The application recognizes a proxy, for example, by its address, its certificate or its port. Default:
    /// false.</summary>
    public bool IsFromProxy { get; init; }

    /// <summary>Gets the connection attributes as the peer sent them, including repeated ones. Default: none.</summary>
    public ConnectionAttributes Attributes { get => field ?? ConnectionAttributes.None; init; }

    /// <summary>Gets the challenge that this server sent in its initial handshake on this connection, 16 to 32 bytes (20 in MySQL).
    /// Required if <see cref="IsFromProxy"/> is true. Default: empty.</summary>
    /// <remarks>The memory must not change until the login is decided.</remarks>
    /// <exception cref="ArgumentException">The value is not empty and does not have 16 to 32 bytes.</exception>
    public ReadOnlyMemory<byte> Challenge
    {
        get;
        init => field = value.IsEmpty || CertInfoToken.IsChallenge(value.Span)
            ? value
            : throw new ArgumentException($"A challenge must have 16 to 32 bytes; this one has {value.Length}.", nameof(value));
    }

    /// <summary>Gets a value that indicates whether every hop between the client and this server is known to use TLS. It is false for a
    /// connection from a proxy until the client's facts replace the proxy's.</summary>
    public bool IsSecure => Connection is not null && (_isForwarded ? _isProxyHopSecure : !IsFromProxy);

    /// <summary>Gets a value that indicates whether <see cref="Connection"/> holds the client's facts, which a proxy forwarded.</summary>
    internal bool IsForwarded => _isForwarded;

    /// <summary>Returns a copy with the client's facts, which a proxy forwarded, instead of the proxy's own.</summary>
    /// <param name="client">The client's facts; null for a client without TLS.</param>
    internal AuthenticationRequest WithForwardedConnection(TlsConnectionInfo? client) => new(this, client);

    /// <summary>Gets or sets the result of <see cref="EvaluateRequirement"/>; null until it is called.</summary>
    internal RejectionReason? Evaluation
    {
        get => Volatile.Read(ref _evaluation) is > 0 and int evaluation ? (RejectionReason)(evaluation - 1) : null;
        set => Volatile.Write(ref _evaluation, value is { } reason ? (int)reason + 1 : 0);
    }

    /// <summary>Evaluates the account's requirement against <see cref="Connection"/>, once for each request.</summary>
    /// <returns><see cref="RejectionReason.None"/> if the requirement is met; otherwise, the first reason.</returns>
    internal RejectionReason EvaluateRequirement() => Evaluation ??= Account.Requirement.Evaluate(Connection);

    /// <summary>Returns the rejection for a requirement that is not met. Its facts are computed when they are read.</summary>
    internal Rejection RejectRequirement(RejectionReason reason) => new(reason, () => Account.Requirement.ExplainRejection(Connection));

    /// <summary>Returns the rejection of facts that a proxy forwarded for another login and that the application passed as those of this
    /// connection; null if the facts are those of this connection.</summary>
    internal Rejection? CheckOrigin() => !_isForwarded && Connection is { IsForwarded: true }
        ? new(RejectionReason.ForwardedInfoUnexpected, "the facts of this connection", "facts that a proxy forwarded for another login")
        : null;

    /// <summary>Returns null if the facts of the connection may be evaluated; otherwise, the rejection. It is returned if the facts are a
    /// proxy's own or those of another login, or if the client sent the attributes of a proxy.</summary>
    internal Rejection? CheckForwarding()
    {
        if (_isForwarded)
            return null;
        if (CheckOrigin() is { } rejection)
            return rejection;
        if (IsFromProxy)
        {
            return new(
                RejectionReason.ForwardedInfoNotAccepted,
                "an authenticator that verifies forwarded certificate info",
                "a proxy's connection");
        }

        return Attributes.HasCertInfo
            ? new(RejectionReason.ForwardedInfoUnexpected, "a connection from a trusted proxy", "another connection")
            : null;
    }
}
