namespace CertAuth;

/// <summary>Decides login attempts.</summary>
/// <remarks>Implement it for a custom login method, such as a password, and pass it as <see cref="LoginAuthenticatorOptions.Custom"/>. An
/// implementation is safe for concurrent use, and returns a rejection for anything that a peer sent: it throws only for a mistake of the
/// application, and for a canceled operation.</remarks>
public interface IAuthenticator
{
    /// <summary>Decides one login attempt.</summary>
    /// <param name="request">The login attempt.</param>
    /// <param name="cancellationToken">The token to cancel the operation.</param>
    /// <returns>An identity, or the reason for the rejection.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was canceled.</exception>
    ValueTask<AuthenticationResult> AuthenticateAsync(AuthenticationRequest request, CancellationToken cancellationToken = default);
}
