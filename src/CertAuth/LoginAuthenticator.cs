using CertAuth.Forwarding;

namespace CertAuth;

/// <summary>Decides a whole login in the right order: transport, what a proxy forwards, the account's requirement, the credential.</summary>
/// <remarks>
/// The first check that fails is the reason. On a proxy's connection the proxy's own facts are never evaluated, whatever becomes of the token; the
/// attributes of a forwarded certificate on any other connection are a refusal. A certificate on the connection whose path has expired
/// rejects the login, whatever the account requires; whether its CA is still trusted and no list revokes it,
/// <c>ServerTls.TryReverify</c> decides before a later login on a connection. Completes synchronously unless a newer key is
/// being looked for, or an authenticator of the host's waits. Safe for concurrent use.
/// </remarks>
public sealed class LoginAuthenticator : IAuthenticator
{
    private readonly LoginAuthenticatorOptions _options;
    private readonly CertificateAuthenticator _certificateAuthenticator;

    /// <summary>An authenticator with these options.</summary>
    /// <exception cref="ArgumentException">An option is missing.</exception>
    public LoginAuthenticator(LoginAuthenticatorOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.ThrowIfInvalid();
        _options = options;
        _certificateAuthenticator = new(options.TimeProvider);
    }

    /// <summary>What to ask the client for. A token isn't asked for where the connection wouldn't keep it secret: then the login is refused without one. Whether a
    /// proxy's client has a secret connection is for the proxy to see to, before it passes the question on.</summary>
    /// <remarks>The answer depends on the account, and nothing is asked for an unknown one: a server that asks by it shows which accounts
    /// there are and how they log in. To ask every client alike, pass the same account for all names, such as one of method
    /// <see cref="AuthenticationMethod.Token"/>, and decide by what the client has sent whether it has anything to answer with.</remarks>
    /// <param name="account">The account, or one that is unknown.</param>
    /// <param name="connection">The connection on which the answer would come: a proxy's own, where it is one; null for one without TLS.</param>
    public CredentialKind GetCredentialToAskFor(Account account, TlsConnectionInfo? connection)
    {
        ArgumentNullException.ThrowIfNull(account);
        bool isSecret = connection is not null || _options.TokenAuthenticator is TokenAuthenticator { AllowsTokensWithoutTls: true };
        return account.Method switch
        {
            _ when _options.RequireSecureTransport && connection is null => CredentialKind.None,
            AuthenticationMethod.Token when isSecret && _options.TokenAuthenticator is not null => CredentialKind.Token,
            AuthenticationMethod.Custom when _options.Custom is not null => CredentialKind.Custom,
            _ => CredentialKind.None,
        };
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The connection is from a proxy, and the request has no challenge: a mistake of the host.</exception>
    /// <exception cref="InvalidOperationException">The host's own authenticator gave another user or connection than the request's.</exception>
    public ValueTask<AuthenticationResult> AuthenticateAsync(AuthenticationRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        cancellationToken.ThrowIfCancellationRequested();

        // 1. Transport; a proxy's connection is the first of two hops.
        bool isSecure = request.IsForwarded ? request.IsSecure : request.Connection is not null;
        if (_options.RequireSecureTransport && !isSecure)
            return new(RejectTransport("a connection without TLS"));

        // 3. What a proxy forwards; an authenticator around this one may have verified it.
        if (request.IsFromProxy && !request.IsForwarded && _options.CertInfoVerifier is { } forwarding && request.CheckOrigin() is null)
            return VerifyForwarded(request, forwarding, cancellationToken);
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

    private ValueTask<AuthenticationResult> Decide(AuthenticationRequest request, CertInfoResult forwarded, CancellationToken cancellationToken)
    {
        if (forwarded.Rejection is { } rejection)
            return new(AuthenticationResult.Rejected(rejection));

        // The second hop: the client's own.
        return _options.RequireSecureTransport && forwarded.Connection is null
            ? new(RejectTransport("a client's connection to a proxy without TLS"))
            : Decide(request.WithForwardedConnection(forwarded.Connection), cancellationToken);
    }

    private ValueTask<AuthenticationResult> Decide(AuthenticationRequest request, CancellationToken cancellationToken)
    {
        // 2. The host looked the account up. The requirement is all that a certificate login has.
        Account account = request.Account;
        if (account.Method == AuthenticationMethod.Certificate)
            return _certificateAuthenticator.AuthenticateAsync(request, cancellationToken);

        // The certificate of an established connection may have expired since; it was shown, whether the requirement asks for one or not.
        if (request.Connection?.ClientCertificate?.CheckExpiry(_options.TimeProvider.GetUtcNow()) is { } expired)
            return new(AuthenticationResult.Rejected(expired, request.Connection));

        // 4. The requirement, whatever the method.
        RejectionReason reason = account.Requirement.Evaluate(request.Connection);
        if (reason != RejectionReason.None)
            return new(RejectRequirement(request, reason));

        // 5. The credential.
        return account.Method switch
        {
            AuthenticationMethod.Token when _options.TokenAuthenticator is { } tokens => tokens.AuthenticateAsync(request, cancellationToken),
            AuthenticationMethod.Custom when _options.Custom is { } host => AuthenticateCustomAsync(host, request, cancellationToken),
            _ => new(RejectMethod(request)),
        };
    }

    private static async ValueTask<AuthenticationResult> AuthenticateCustomAsync(
        IAuthenticator custom, AuthenticationRequest request, CancellationToken cancellationToken)
    {
        AuthenticationResult result = await custom.AuthenticateAsync(request, cancellationToken).ConfigureAwait(false);
        bool isOther = result.Identity is { } identity
            && (identity.UserName != request.Account.UserName || !ReferenceEquals(identity.Connection, request.Connection));
        return isOther
            ? throw new InvalidOperationException("The host's authenticator gave another user or connection than the request's.")
            : result;
    }

    // Each lambda stands in a method of its own: what it captures would else be allocated for every good login, too.
    private static AuthenticationResult RejectRequirement(AuthenticationRequest request, RejectionReason reason) =>
        AuthenticationResult.Rejected(new(reason, () => request.Account.Requirement.ExplainFirst(request.Connection)), request.Connection);

    private static AuthenticationResult RejectTransport(string presented) =>
        AuthenticationResult.Rejected(new(RejectionReason.SecureTransportRequired, "TLS on every hop", presented));

    private static AuthenticationResult RejectMethod(AuthenticationRequest request) =>
        AuthenticationResult.Rejected(request.Account.RejectMethod("an account of a method that is decided here"), request.Connection);
}
