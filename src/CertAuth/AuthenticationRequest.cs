using CertAuth.Forwarding;

namespace CertAuth;

/// <summary>One attempt to log in.</summary>
/// <remarks>Immutable; safe for concurrent use.</remarks>
public sealed class AuthenticationRequest
{
    private readonly Account _account = null!;

    // Whether Connection holds what a proxy says of its client, verified; and then whether the proxy's own connection uses TLS.
    private readonly bool _isForwarded;
    private readonly bool _isProxyHopSecure;

    /// <summary>An attempt.</summary>
    public AuthenticationRequest()
    {
    }

    private AuthenticationRequest(bool isProxyHopSecure) => (_isForwarded, _isProxyHopSecure) = (true, isProxyHopSecure);

    /// <summary>The account that the client names, as the host looked it up by exact name; <see cref="Account.Unknown"/> where there is none.</summary>
    /// <exception cref="ArgumentNullException">It is set to null.</exception>
    public required Account Account
    {
        get => _account;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            _account = value;
        }
    }

    /// <summary>The facts of the connection, as this process saw them; null for one without TLS. On a proxy's connection those of the
    /// proxy, until <see cref="LoginAuthenticator"/> puts the client's in their place. Facts that a proxy forwarded for an earlier login
    /// are rejected with <see cref="RejectionReason.ForwardedInfoUnexpected"/>.</summary>
    public TlsConnectionInfo? Connection { get; init; }

    /// <summary>What the client sent in place of a password: for a token login the token, in ASCII. It must stay unchanged until the
    /// decision is made. Default: empty.</summary>
    public ReadOnlyMemory<byte> Credential { get; init; }

    /// <summary>The client's host, for the message that the client sees. Default: empty.</summary>
    public string ClientHost { get => field ?? ""; init; }

    /// <summary>Whether the connection comes from a proxy that the host trusts to forward the certificates of its clients: by its address, its own
    /// certificate, or its port. Default: no.</summary>
    public bool IsFromProxy { get; init; }

    /// <summary>The connection attributes as they were received. Default: none.</summary>
    public ConnectionAttributes Attributes { get => field ?? ConnectionAttributes.None; init; }

    /// <summary>The challenge that this server sent on this connection, in its first handshake (MySQL's 20 octets); needed where
    /// <see cref="IsFromProxy"/>. It must stay unchanged until the decision is made. Default: empty.</summary>
    /// <exception cref="ArgumentException">Set to another number of octets than 16 to 32.</exception>
    public ReadOnlyMemory<byte> Challenge
    {
        get;
        init => field = value.IsEmpty || CertInfoToken.IsChallenge(value.Span)
            ? value
            : throw new ArgumentException($"A challenge has 16 to 32 octets, but this one has {value.Length}.", nameof(value));
    }

    /// <summary>Whether every hop between the client and this server is known to use TLS: on a proxy's connection once the client's facts are in place.</summary>
    public bool IsSecure => Connection is not null && (_isForwarded ? _isProxyHopSecure : !IsFromProxy);

    /// <summary>Whether <see cref="Connection"/> holds the client's facts, which a proxy forwarded.</summary>
    internal bool IsForwarded => _isForwarded;

    /// <summary>The same attempt with the client's facts, which a proxy forwarded, in place of the proxy's; null for a client without TLS.</summary>
    internal AuthenticationRequest WithForwardedConnection(TlsConnectionInfo? client) => new(isProxyHopSecure: Connection is not null)
    {
        Account = Account,
        Connection = client,
        Credential = Credential,
        ClientHost = ClientHost,
        IsFromProxy = IsFromProxy,
        Attributes = Attributes,
        Challenge = Challenge,
    };

    /// <summary>Rejects facts that a proxy forwarded and that the application gives as the connection's own: they are those of another
    /// login, whose token was for its user and challenge. Null where the facts are the connection's.</summary>
    internal Rejection? CheckOrigin() => !_isForwarded && Connection is { IsForwarded: true }
        ? new(RejectionReason.ForwardedInfoUnexpected, "facts of the connection itself", "facts that a proxy forwarded for another login")
        : null;

    /// <summary>Why the facts of the connection may not be evaluated: they are a proxy's own or those of another login, or somebody plays a
    /// proxy. Null where they may.</summary>
    internal Rejection? CheckForwarding()
    {
        if (_isForwarded)
            return null;
        if (CheckOrigin() is { } rejection)
            return rejection;
        if (IsFromProxy)
            return new(RejectionReason.ForwardedInfoNotAccepted, "an authenticator that verifies what proxies forward", "a proxy's connection");
        return Attributes.HasCertInfo
            ? new(RejectionReason.ForwardedInfoUnexpected, "no forwarded certificate but from a trusted proxy", "one")
            : null;
    }
}
