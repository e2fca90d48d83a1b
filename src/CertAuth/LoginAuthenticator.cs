using CertAuth.Forwarding;

namespace CertAuth;

/// <summary>Decides logins: the transport, the certificate info that a proxy forwards, the requirement of the account, then the
/// credential.</summary>
/// <remarks>
/// <para>The first check that fails gives the reason. If the client certificate of the connection or its path has expired, the login is
/// rejected, whatever the account requires. For a later login on a connection, call <c>ServerTls.TryReverify</c> first: it checks that the
/// CA is still trusted and the certificate is not revoked.</para>
/// <para>On a connection from a proxy, the proxy's own certificate is never evaluated, whether or not the forwarded certificate info is
/// valid. Forwarded certificate info on any other connection rejects the login.</para>
/// <para>Completes synchronously unless a newer key is being loaded or a custom authenticator waits. Safe for concurrent use.</para>
/// </remarks>
public sealed class LoginAuthenticator : IAuthenticator
{
    private readonly LoginAuthenticatorOptions _options;
    private readonly CertificateAuthenticator _certificateAuthenticator;

    /// <summary>Initializes an authenticator with the given options.</summary>
    /// <param name="options">The options; null for the defaults, with which only accounts of <see cref="AuthenticationMethod.Certificate"/>
    /// can log in.</param>
    /// <exception cref="ArgumentException">An option is missing.</exception>
    public LoginAuthenticator(LoginAuthenticatorOptions? options = null)
    {
        _options = options ?? new();
        _options.ThrowIfInvalid();
        _certificateAuthenticator = new(_options.TimeProvider);
    }

    /// <summary>Gets the credential to ask the client for.</summary>
    /// <remarks>
    /// <para>A server does not ask for a token over a connection without TLS, unless
    /// <see cref="LoginAuthenticatorOptions.AllowTokensWithoutTls"/> is set: such a login is rejected without one. A proxy decides whether
    /// the connection of its client is secure before it passes the question on.</para>
    /// <para>The result depends on the account, and is <see cref="CredentialKind.None"/> for an unknown one. A server that asks accordingly
    /// reveals which accounts exist and how they log in. To ask every client for the same credential, pass the same account for all names,
    /// such as one of <see cref="AuthenticationMethod.Token"/>, and decide from what the client has sent whether it can answer.</para>
    /// </remarks>
    /// <param name="account">The account, or an unknown one.</param>
    /// <param name="connection">The connection that will carry the credential: for a connection from a proxy, the proxy's own; null for a
    /// connection without TLS.</param>
    /// <exception cref="ArgumentNullException"><paramref name="account"/> is null.</exception>
    public CredentialKind GetCredentialToAskFor(Account account, TlsConnectionInfo? connection)
    {
        ArgumentNullException.ThrowIfNull(account);
        bool isSecret = connection is not null || _options.AllowTokensWithoutTls;
        return account.Method switch
        {
            _ when _options.RequireSecureTransport && connection is null => CredentialKind.None,
            AuthenticationMethod.Token when isSecret && _options.TokenAuthenticator is not null => CredentialKind.Token,
            AuthenticationMethod.Custom when _options.Custom is not null => CredentialKind.Custom,
            _ => CredentialKind.None,
        };
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentNullException"><paramref name="request"/> is null.</exception>
    /// <exception cref="ArgumentException">The connection is from a proxy, and <see cref="AuthenticationRequest.Challenge"/> is
    /// empty.</exception>
    /// <exception cref="InvalidOperationException">The custom authenticator returned another user or connection than the
    /// request's.</exception>
    public ValueTask<AuthenticationResult> AuthenticateAsync(AuthenticationRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        cancellationToken.ThrowIfCancellationRequested();

        // 1. The transport of the hop to this server. A forwarded connection has a second hop, which was checked with it.
        bool isSecure = request.IsForwarded ? request.IsSecure : request.Connection is not null;
        if (_options.RequireSecureTransport && !isSecure)
            return new(RejectTransport("a connection without TLS"));

        // 2. The certificate info that a proxy forwards. An outer LoginAuthenticator may have verified it.
        if (request.IsFromProxy && !request.IsForwarded && _options.CertInfoVerifier is { } verifier && request.CheckOrigin() is null)
            return VerifyForwarded(request, verifier, cancellationToken);
        return request.CheckForwarding() is { } rejection
            ? new(AuthenticationResult.Rejected(rejection))
            : Decide(request, cancellationToken);
    }

    private ValueTask<AuthenticationResult> VerifyForwarded(
        AuthenticationRequest request, CertInfoTokenVerifier verifier, CancellationToken cancellationToken)
    {
        ValueTask<CertInfoResult> verification =
            verifier.VerifyAsync(request.Attributes, request.Account.UserName, request.Challenge, cancellationToken);
        return verification.IsCompletedSuccessfully
            ? Decide(request, verification.Result, cancellationToken)
            : DecideAfterVerificationAsync(request, verification, cancellationToken);
    }

    private async ValueTask<AuthenticationResult> DecideAfterVerificationAsync(
        AuthenticationRequest request, ValueTask<CertInfoResult> verification, CancellationToken cancellationToken)
    {
        CertInfoResult result = await verification.ConfigureAwait(false);
        return await Decide(request, result, cancellationToken).ConfigureAwait(false);
    }

    private ValueTask<AuthenticationResult> Decide(
        AuthenticationRequest request, CertInfoResult forwarded, CancellationToken cancellationToken)
    {
        if (forwarded.Rejection is { } rejection)
            return new(AuthenticationResult.Rejected(rejection));

        // The transport of the hop between the client and the proxy.
        return _options.RequireSecureTransport && forwarded.Connection is null
            ? new(RejectTransport("a client's connection to a proxy without TLS"))
            : Decide(request.WithForwardedConnection(forwarded.Connection), cancellationToken);
    }

    private ValueTask<AuthenticationResult> Decide(AuthenticationRequest request, CancellationToken cancellationToken)
    {
        // A login by certificate has the steps 3 and 4, and no credential.
        Account account = request.Account;
        if (account.Method == AuthenticationMethod.Certificate)
            return _certificateAuthenticator.AuthenticateAsync(request, cancellationToken);

        // 3. The certificate of an established connection may have expired; it counts even if the requirement does not demand one.
        if (request.Connection?.ClientCertificate?.CheckExpiry(_options.TimeProvider.GetUtcNow()) is { } expired)
            return new(AuthenticationResult.Rejected(expired, request.Connection));

        // 4. The requirement.
        RejectionReason reason = request.EvaluateRequirement();
        if (reason != RejectionReason.None)
            return new(AuthenticationResult.Rejected(request.RejectRequirement(reason), request.Connection));

        // 5. The credential.
        return account.Method switch
        {
            AuthenticationMethod.Token when _options.TokenAuthenticator is { } inner =>
                AuthenticateToken(inner, request, cancellationToken),
            AuthenticationMethod.Custom when _options.Custom is { } custom => AuthenticateCustomAsync(custom, request, cancellationToken),
            _ => new(RejectMethod(request)),
        };
    }

    private ValueTask<AuthenticationResult> AuthenticateToken(
        IAuthenticator inner, AuthenticationRequest request, CancellationToken cancellationToken) =>
        request.IsSecure || _options.AllowTokensWithoutTls
            ? inner.AuthenticateAsync(request, cancellationToken)
            : new(AuthenticationResult.Rejected(TokenAuthenticator.RejectInsecureTransport(), request.Connection));

    private static async ValueTask<AuthenticationResult> AuthenticateCustomAsync(
        IAuthenticator custom, AuthenticationRequest request, CancellationToken cancellationToken)
    {
        AuthenticationResult result = await custom.AuthenticateAsync(request, cancellationToken).ConfigureAwait(false);
        bool isOther = result.Identity is { } identity
            && (identity.UserName != request.Account.UserName || !ReferenceEquals(identity.Connection, request.Connection));
        return isOther
            ? throw new InvalidOperationException("The custom authenticator returned another user or connection than the request's.")
            : result;
    }

    private static AuthenticationResult RejectTransport(string presented) =>
        AuthenticationResult.Rejected(new(RejectionReason.SecureTransportRequired, "TLS on every hop", presented));

    private static AuthenticationResult RejectMethod(AuthenticationRequest request) => AuthenticationResult.Rejected(
        request.Account.RejectMethod("an account that logs in by a supported method"), request.Connection);
}
