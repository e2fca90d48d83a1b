using CertAuth.AuthTokens;
using CertAuth.Signing;

namespace CertAuth;

/// <summary>Decides logins by token (<c>tidb_auth_token</c>): TLS, the account's requirement, then the token against the key set of the moment.</summary>
/// <remarks>A token whose <c>kid</c> isn't in the set makes one request for a refresh, where the source is an
/// <see cref="IRefreshableSource{T}"/>, and one more try; otherwise it completes synchronously. Safe for concurrent use.</remarks>
public sealed class TokenAuthenticator : IAuthenticator
{
    private readonly ISource<TokenKeySet> _keys;
    private readonly AuthTokenValidator _validator;
    private readonly TimeProvider _clock;

    /// <summary>An authenticator with these keys and options.</summary>
    /// <param name="keys">Where the keys come from.</param>
    /// <param name="options">What a token must satisfy; null for the defaults.</param>
    /// <exception cref="ArgumentException">An option is out of range; the message names all of them.</exception>
    public TokenAuthenticator(ISource<TokenKeySet> keys, AuthTokenOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(keys);
        options ??= new();
        _keys = keys;
        _validator = new(options);
        _clock = options.TimeProvider;
        AllowsTokensWithoutTls = options.AllowTokensWithoutTls;
    }

    internal bool AllowsTokensWithoutTls { get; }

    /// <inheritdoc/>
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
        bool mayBeNewer = result.Rejection?.Reason is RejectionReason.TokenKeyUnknown or RejectionReason.TokenKeysStale
            && _keys is IRefreshableSource<TokenKeySet>;
        return mayBeNewer ? RetryWithNewerKeysAsync(request, keys, result, cancellationToken) : new(result);
    }

    private async ValueTask<AuthenticationResult> RetryWithNewerKeysAsync(
        AuthenticationRequest request, TokenKeySet seen, AuthenticationResult result, CancellationToken cancellationToken)
    {
        TokenKeySet keys = await ((IRefreshableSource<TokenKeySet>)_keys).RefreshAsync(seen, cancellationToken).ConfigureAwait(false);
        return ReferenceEquals(keys, seen) ? result : Validate(request, keys);
    }

    private Rejection? CheckAccountAndConnection(AuthenticationRequest request)
    {
        Account account = request.Account;
        if (account.CheckMethod(AuthenticationMethod.Token) is { } otherMethod)
            return otherMethod;
        if (request.Connection?.ClientCertificate?.CheckExpiry(_clock.GetUtcNow()) is { } expired)
            return expired;
        if (!request.IsSecure && !AllowsTokensWithoutTls)
            return new(RejectionReason.TokenWithoutTls, "TLS on every hop, which keeps the token secret", "a connection without TLS");

        RejectionReason reason = account.Requirement.Evaluate(request.Connection);
        return reason == RejectionReason.None ? null : new(reason, () => account.Requirement.ExplainFirst(request.Connection));
    }

    private AuthenticationResult Validate(AuthenticationRequest request, TokenKeySet keys)
    {
        // MySQL clients send the NUL that ends a password.
        ReadOnlySpan<byte> token = request.Credential.Span is [.. var text, 0] ? text : request.Credential.Span;
        return _validator.TryValidate(token, keys, request.Account.ExpectedClaims!, out Rejection? rejection)
            ? AuthenticationResult.Accepted(new(request.Account.UserName, AuthenticationMethod.Token, request.Connection))
            : AuthenticationResult.Rejected(rejection, request.Connection);
    }
}
