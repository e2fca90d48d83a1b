using CertAuth.Forwarding;

namespace CertAuth;

/// <summary>Decides logins. Checks the transport, the certificate info that a proxy forwards, the validity of the client certificate, the
/// requirement of the account and the credential, in this order.</summary>
/// <remarks>
/// <para>The first check that fails gives the reason. If a certificate in the path of the client certificate has expired, the login is
/// rejected, whatever the account requires. For a later login on a connection, call <see cref="ServerTls.TryReverify"/> first: it checks
/// that the CA is still trusted and the certificate is not revoked.</para>
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
    /// <exception cref="ArgumentException"><see cref="LoginAuthenticatorOptions.TimeProvider"/> is null.</exception>
    public LoginAuthenticator(LoginAuthenticatorOptions? options = null)
    {
        _options = options ?? new();
        _options.ThrowIfInvalid();
        _certificateAuthenticator = new(_options.TimeProvider);
    }

    /// <summary>Gets the credential to ask the client for.</summary>
    /// <remarks>
    /// <para>Over a connection without TLS, a client is not asked for a token, unless
    /// <see cref="LoginAuthenticatorOptions.AllowTokensWithoutTls"/> is true: the login would be rejected anyway. A proxy has to check that
    /// the connection of its client uses TLS before it asks the client for a token.</para>
    /// <para>The result depends on the account, and is <see cref="CredentialKind.None"/> for an unknown one, so a server that follows it
    /// reveals which accounts exist and how they log in. To reveal nothing, pass the same account for every user name, such as one of
    /// <see cref="AuthenticationMethod.Token"/>: every client is then asked for the same credential. Decide from what the client has
    /// already sent whether it can answer.</para>
    /// </remarks>
    /// <param name="account">The account, or an unknown one.</param>
    /// <param name="connection">The connection that will carry the credential: for a connection from a proxy, the proxy's own; null for a
    /// connection without TLS.</param>
    /// <returns>The credential; <see cref="CredentialKind.None"/> if the connection decides, or if the login will be rejected
    /// anyway.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="account"/> is null.</exception>
    public CredentialKind GetCredentialToAskFor(Account account, TlsConnectionInfo? connection)
    {
        ArgumentNullException.ThrowIfNull(account);
        bool mayAskForToken = connection is not null || _options.AllowTokensWithoutTls;
        return account.Method switch
        {
            _ when _options.RequireSecureTransport && connection is null => CredentialKind.None,
            AuthenticationMethod.Token when mayAskForToken && _options.TokenAuthenticator is not null => CredentialKind.Token,
            AuthenticationMethod.Custom when _options.Custom is not null => CredentialKind.Custom,
            _ => CredentialKind.None,
        };
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentNullException"><paramref name="request"/> is null.</exception>
    /// <exception cref="ArgumentException">The forwarded certificate info of a proxy is to be verified, and
    /// <see cref="AuthenticationRequest.Challenge"/> is empty.</exception>
    /// <exception cref="InvalidOperationException">The custom authenticator returned an identity whose user name or connection is not that
    /// of the request.</exception>
    public ValueTask<AuthenticationResult> AuthenticateAsync(AuthenticationRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        cancellationToken.ThrowIfCancellationRequested();

        // 1. The transport. If an outer LoginAuthenticator has verified the info of a proxy, both hops: to the proxy and to this server.
        bool isSecure = request.IsForwarded ? request.IsSecure : request.Connection is not null;
        if (_options.RequireSecureTransport && !isSecure)
            return new(RejectTransport("a connection without TLS"));

        // 2. The certificate info that a proxy forwards, unless an outer LoginAuthenticator has already verified it.
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

        // The transport of the hop between the client and the proxy is known only now.
        return _options.RequireSecureTransport && forwarded.Connection is null
            ? new(RejectTransport("a client's connection to a proxy without TLS"))
            : Decide(request.WithForwardedConnection(forwarded.Connection), cancellationToken);
    }

    private ValueTask<AuthenticationResult> Decide(AuthenticationRequest request, CancellationToken cancellationToken)
    {
        // For a login by certificate, CertificateAuthenticator performs steps 3 and 4; there is no credential.
        Account account = request.Account;
        if (account.Method == AuthenticationMethod.Certificate)
            return _certificateAuthenticator.AuthenticateAsync(request, cancellationToken);

        // 3. The validity. The certificate may have expired since the handshake; the check applies even if no certificate is required.
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
        bool isMismatch = result.Identity is { } identity
            && (identity.UserName != request.Account.UserName || !ReferenceEquals(identity.Connection, request.Connection));
        return isMismatch
            ? throw new InvalidOperationException(
                "The custom authenticator returned an identity whose user name or connection is not that of the request; "
                + "create the identity from Account.UserName and Connection of the request.")
            : result;
    }

    private static AuthenticationResult RejectTransport(string presented) =>
        AuthenticationResult.Rejected(new(RejectionReason.SecureTransportRequired, "TLS on every hop", presented));

    private static AuthenticationResult RejectMethod(AuthenticationRequest request) => AuthenticationResult.Rejected(
        request.Account.RejectMethod("an account that logs in by a supported method"), request.Connection);
}
