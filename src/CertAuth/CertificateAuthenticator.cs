namespace CertAuth;

/// <summary>Decides logins by client certificate. It is the part of <see cref="LoginAuthenticator"/> that decides accounts of
/// <see cref="AuthenticationMethod.Certificate"/>; most applications use <see cref="LoginAuthenticator"/> instead.</summary>
/// <remarks>
/// <para>Accepts a login if the connection has a verified client certificate that meets the requirement of the account, and no certificate
/// of its path has expired since it was verified. For a later login on a connection, call <see cref="ServerTls.TryReverify"/> first.</para>
/// <para>Rejects accounts of other login methods, and connections from a proxy unless a <see cref="LoginAuthenticator"/> has verified the
/// forwarded certificate info. Always completes synchronously. Safe for concurrent use.</para>
/// </remarks>
public sealed class CertificateAuthenticator : IAuthenticator
{
    private readonly TimeProvider _clock;

    /// <summary>Initializes an authenticator that uses <see cref="TimeProvider.System"/>.</summary>
    public CertificateAuthenticator()
        : this(TimeProvider.System)
    {
    }

    internal CertificateAuthenticator(TimeProvider clock) => _clock = clock;

    /// <inheritdoc/>
    /// <exception cref="ArgumentNullException"><paramref name="request"/> is null.</exception>
    public ValueTask<AuthenticationResult> AuthenticateAsync(AuthenticationRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        cancellationToken.ThrowIfCancellationRequested();
        return new(request.CheckForwarding() is { } rejection ? AuthenticationResult.Rejected(rejection) : Authenticate(request));
    }

    private AuthenticationResult Authenticate(AuthenticationRequest request)
    {
        Account account = request.Account;
        TlsConnectionInfo? connection = request.Connection;
        if (account.CheckMethod(AuthenticationMethod.Certificate) is { } otherMethod)
            return AuthenticationResult.Rejected(otherMethod, connection);
        if (connection?.ClientCertificate?.CheckExpiry(_clock.GetUtcNow()) is { } expired)
            return AuthenticationResult.Rejected(expired, connection);

        RejectionReason reason = request.EvaluateRequirement();
        if (reason != RejectionReason.None)
            return AuthenticationResult.Rejected(request.RejectRequirement(reason), connection);

        // Each alternative has an option that only a verified certificate meets.
        return AuthenticationResult.Accepted(new(account.UserName, AuthenticationMethod.Certificate, connection));
    }
}
