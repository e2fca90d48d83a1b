using CertAuth.Forwarding;

namespace CertAuth;

/// <summary>Decides a whole login in the right order: transport, what a proxy forwards, the account's requirement, the credential.</summary>
/// <remarks>
/// The first check that fails is the reason. On a proxy's connection the proxy's own facts are never evaluated, whatever becomes of the token; the
/// attributes of a forwarded certificate on any other connection are a refusal. Completes synchronously unless a newer key is being looked for, or an
/// authenticator of the host's waits. Safe for concurrent use.
/// </remarks>
public sealed class LoginAuthenticator : IAuthenticator
{
    private readonly LoginAuthenticatorOptions _options;
    private readonly CertificateAuthenticator _certificates = new();

    /// <summary>An authenticator with these options.</summary>
    public LoginAuthenticator(LoginAuthenticatorOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The connection is from a proxy, and the request has no challenge: a mistake of the host.</exception>
    public ValueTask<AuthenticationResult> AuthenticateAsync(AuthenticationRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        cancellationToken.ThrowIfCancellationRequested();

        // 1. Transport; a proxy's connection is the first of two hops. 2. The account was looked up by the host.
        if (_options.RequireSecureTransport && request.Connection is null)
            return new(RefuseTransport("a connection without TLS"));

        // 3. What a proxy forwards.
        if (request.IsFromProxy && _options.Forwarding is { } forwarding)
            return DecideForwarded(request, forwarding, cancellationToken);
        return request.CheckForwarding() is { } refusal
            ? new(AuthenticationResult.Refused(refusal))
            : Decide(request, cancellationToken);
    }

    private ValueTask<AuthenticationResult> DecideForwarded(
        AuthenticationRequest request, CertInfoTokenVerifier forwarding, CancellationToken cancellationToken)
    {
        ValueTask<CertInfoResult> verification =
            forwarding.VerifyAsync(request.Attributes, request.UserName, request.Challenge, cancellationToken);
        return verification.IsCompletedSuccessfully
            ? Decide(request, verification.Result, cancellationToken)
            : DecideLater(request, verification, cancellationToken);
    }

    private async ValueTask<AuthenticationResult> DecideLater(
        AuthenticationRequest request, ValueTask<CertInfoResult> verification, CancellationToken cancellationToken)
    {
        CertInfoResult result = await verification.ConfigureAwait(false);
        return await Decide(request, result, cancellationToken).ConfigureAwait(false);
    }

    private ValueTask<AuthenticationResult> Decide(AuthenticationRequest request, CertInfoResult forwarded, CancellationToken cancellationToken)
    {
        if (forwarded.Refusal is { } refusal)
            return new(AuthenticationResult.Refused(refusal));

        // The second hop: the client's own.
        return _options.RequireSecureTransport && forwarded.Connection is null
            ? new(RefuseTransport("a client's connection to a proxy without TLS"))
            : Decide(request.WithForwarded(forwarded.Connection), cancellationToken);
    }

    private ValueTask<AuthenticationResult> Decide(AuthenticationRequest request, CancellationToken cancellationToken)
    {
        // 4. The requirement, whatever the method.
        Account account = request.Account;
        FailureReason reason = account.Requirement.Evaluate(request.Connection);
        if (reason != FailureReason.None)
            return new(RefuseRequirement(request, reason));

        // 5. The credential.
        IAuthenticator? credential = account.Method switch
        {
            AuthenticationMethod.Certificate => _certificates,
            AuthenticationMethod.Token => _options.Tokens,
            AuthenticationMethod.Host => _options.Host,
            _ => null,
        };
        return credential is null ? new(RefuseMethod(account)) : credential.AuthenticateAsync(request, cancellationToken);
    }

    // Each lambda stands in a method of its own: what it captures would else be allocated for every good login, too.
    private static AuthenticationResult RefuseRequirement(AuthenticationRequest request, FailureReason reason) =>
        AuthenticationResult.Refused(new(reason, () => request.Account.Requirement.ExplainFirst(request.Connection)));

    private static AuthenticationResult RefuseTransport(string presented) =>
        AuthenticationResult.Refused(new(FailureReason.SecureTransportRequired, "TLS on every hop", presented));

    private static AuthenticationResult RefuseMethod(Account account) =>
        AuthenticationResult.Refused(new(FailureReason.WrongMethod, "an account of a method that is decided here", $"{account.Method}"));
}
