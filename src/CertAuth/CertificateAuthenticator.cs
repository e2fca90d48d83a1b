namespace CertAuth;

/// <summary>Decides logins by client certificate: verified against the trusted CAs, and met by the account's requirement.</summary>
/// <remarks>Completes synchronously, reads no file and waits for nothing. A certificate whose path has expired since it was verified is
/// rejected; for a later login on a connection, <c>ServerTls.TryReverify</c> verifies it again. Safe for concurrent
/// use.</remarks>
public sealed class CertificateAuthenticator : IAuthenticator
{
    private readonly TimeProvider _clock;

    /// <summary>An authenticator with this clock.</summary>
    /// <param name="timeProvider">The clock by which certificates expire; null for the system's.</param>
    public CertificateAuthenticator(TimeProvider? timeProvider = null) => _clock = timeProvider ?? TimeProvider.System;

    /// <inheritdoc/>
    public ValueTask<AuthenticationResult> AuthenticateAsync(AuthenticationRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        cancellationToken.ThrowIfCancellationRequested();
        return new(request.CheckForwarding() is { } rejection ? AuthenticationResult.Rejected(rejection) : Authenticate(request.Account, request.Connection));
    }

    private AuthenticationResult Authenticate(Account account, TlsConnectionInfo? connection)
    {
        if (account.CheckMethod(AuthenticationMethod.Certificate) is { } otherMethod)
            return AuthenticationResult.Rejected(otherMethod, connection);
        if (connection?.ClientCertificate?.CheckExpiry(_clock.GetUtcNow()) is { } expired)
            return AuthenticationResult.Rejected(expired, connection);

        RejectionReason reason = account.Requirement.Evaluate(connection);
        if (reason != RejectionReason.None)
            return AuthenticationResult.Rejected(new(reason, () => account.Requirement.ExplainFirst(connection)), connection);

        // An account of this method names SUBJECT or SAN, and so a requirement that is met has seen a verified certificate.
        return AuthenticationResult.Accepted(new(account.UserName, AuthenticationMethod.Certificate, connection));
    }
}
