using CertAuth.AuthTokens;
using CertAuth.Signing;

namespace CertAuth;

/// <summary>Decides logins by token (<c>tidb_auth_token</c>). It is the part of <see cref="LoginAuthenticator"/> that decides accounts of
/// <see cref="AuthenticationMethod.Token"/>; pass it as <see cref="LoginAuthenticatorOptions.TokenAuthenticator"/>.</summary>
/// <remarks>
/// <para>Accepts a login if every hop uses TLS (unless <see cref="AuthTokenOptions.AllowTokensWithoutTls"/> is true), no certificate in the
/// path of a client certificate has expired, the connection meets the requirement of the account, and the token verifies with the current
/// JWK set and has the claims of the account.</para>
/// <para>Rejects accounts of other login methods, and connections from a proxy unless a <see cref="LoginAuthenticator"/> has verified the
/// forwarded certificate info.</para>
/// <para>If the JWK set is stale or has no key with the <c>kid</c> of the token, and the source is an <see cref="IRefreshableSource{T}"/>,
/// the source is refreshed and the token is checked once more. Otherwise the login completes synchronously. Safe for concurrent use.</para>
/// </remarks>
public sealed class TokenAuthenticator : IAuthenticator
{
    private readonly ISource<TokenKeySet> _keys;
    private readonly AuthTokenValidator _validator;
    private readonly TimeProvider _clock;
    private readonly bool _allowTokensWithoutTls;

    /// <summary>Initializes an authenticator with the given keys and options.</summary>
    /// <param name="keys">The source of the keys that verify tokens.</param>
    /// <param name="options">The options; null for the defaults.</param>
    /// <exception cref="ArgumentNullException"><paramref name="keys"/> is null.</exception>
    /// <exception cref="ArgumentException">An option is out of range. The message names every such option.</exception>
    public TokenAuthenticator(ISource<TokenKeySet> keys, AuthTokenOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(keys);
        options ??= new();
        _keys = keys;
        _validator = new(options);
        _clock = options.TimeProvider;
        _allowTokensWithoutTls = options.AllowTokensWithoutTls;
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentNullException"><paramref name="request"/> is null.</exception>
    public ValueTask<AuthenticationResult> AuthenticateAsync(AuthenticationRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        cancellationToken.ThrowIfCancellationRequested();
        if (request.CheckForwarding() is { } forwarding)
            return new(AuthenticationResult.Rejected(forwarding));
        if (CheckAccountAndConnection(request) is { } rejection)
            return new(AuthenticationResult.Rejected(rejection, request.Connection));

        TokenKeySet keys = _keys.Current;
        AuthenticationResult result = Validate(request, keys);
        bool mayHaveNewerKeys = result.Rejection?.Reason is RejectionReason.TokenKeyUnknown or RejectionReason.TokenKeysStale
            && _keys is IRefreshableSource<TokenKeySet>;
        return mayHaveNewerKeys ? RetryWithNewerKeysAsync(request, keys, result, cancellationToken) : new(result);
    }

    internal static Rejection RejectInsecureTransport() =>
        new(RejectionReason.TokenWithoutTls, "TLS on every hop", "a connection without TLS");

    private async ValueTask<AuthenticationResult> RetryWithNewerKeysAsync(
        AuthenticationRequest request, TokenKeySet seen, AuthenticationResult result, CancellationToken cancellationToken)
    {
        TokenKeySet keys = await ((IRefreshableSource<TokenKeySet>)_keys).RefreshAsync(seen, cancellationToken).ConfigureAwait(false);
        return ReferenceEquals(keys, seen) ? result : Validate(request, keys);
    }

    private Rejection? CheckAccountAndConnection(AuthenticationRequest request)
    {
        if (request.Account.CheckMethod(AuthenticationMethod.Token) is { } otherMethod)
            return otherMethod;
        if (request.Connection?.ClientCertificate?.CheckExpiry(_clock.GetUtcNow()) is { } expired)
            return expired;
        if (!request.IsSecure && !_allowTokensWithoutTls)
            return RejectInsecureTransport();

        RejectionReason reason = request.EvaluateRequirement();
        return reason == RejectionReason.None ? null : request.RejectRequirement(reason);
    }

    private AuthenticationResult Validate(AuthenticationRequest request, TokenKeySet keys)
    {
        // MySQL clients send the terminating NUL of a password.
        ReadOnlySpan<byte> token = request.Credential.Span is [.. var text, 0] ? text : request.Credential.Span;
        return _validator.TryValidate(token, keys, request.Account.ExpectedClaims!, out Rejection? rejection)
            ? AuthenticationResult.Accepted(new(request.Account.UserName, AuthenticationMethod.Token, request.Connection))
            : AuthenticationResult.Rejected(rejection, request.Connection);
    }
}
