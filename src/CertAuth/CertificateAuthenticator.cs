using CertAuth.Tls;

namespace CertAuth;

/// <summary>Decides logins by client certificate: verified against the trusted CAs, and met by the account's requirement.</summary>
/// <remarks>Completes synchronously, reads no file and waits for nothing. Safe for concurrent use.</remarks>
public sealed class CertificateAuthenticator : IAuthenticator
{
    /// <inheritdoc/>
    public ValueTask<AuthenticationResult> AuthenticateAsync(AuthenticationRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        cancellationToken.ThrowIfCancellationRequested();
        return new(request.CheckForwarding() is { } refusal ? AuthenticationResult.Refused(refusal) : Authenticate(request.Account, request.Connection));
    }

    private static AuthenticationResult Authenticate(Account account, TlsConnectionInfo? connection)
    {
        if (account.CheckMethod(AuthenticationMethod.Certificate) is { } otherMethod)
            return AuthenticationResult.Refused(otherMethod, connection);

        FailureReason reason = account.Requirement.Evaluate(connection);
        if (reason != FailureReason.None)
            return AuthenticationResult.Refused(new(reason, () => account.Requirement.ExplainFirst(connection)), connection);

        // An account of this method names SUBJECT or SAN, and so a requirement that is met has seen a verified certificate.
        return AuthenticationResult.Success(new(account.UserName, AuthenticationMethod.Certificate, connection));
    }
}
