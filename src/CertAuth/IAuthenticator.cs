namespace CertAuth;

/// <summary>Decides login attempts.</summary>
/// <remarks>Implement this interface for a custom login method, such as a password, and pass the implementation as
/// <see cref="LoginAuthenticatorOptions.Custom"/>. An implementation is safe for concurrent use. Whatever a peer sends leads to a result,
/// never to an exception: an implementation throws only for a mistake of the application, and for a canceled operation.</remarks>
public interface IAuthenticator
{
    /// <summary>Decides one login attempt.</summary>
    /// <param name="request">The login attempt.</param>
    /// <param name="cancellationToken">The token to cancel the operation.</param>
    /// <returns>The result: an identity, or a rejection.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was canceled.</exception>
    ValueTask<AuthenticationResult> AuthenticateAsync(AuthenticationRequest request, CancellationToken cancellationToken = default);
}
