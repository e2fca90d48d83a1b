namespace CertAuth;

/// <summary>Decides whether one attempt to log in is genuine.</summary>
/// <remarks>Never throws for what a peer sent: it returns a refusal. Throws only for a mistake of the host, such as a null request, and
/// <see cref="OperationCanceledException"/> where the token was cancelled. The implementations here are safe for concurrent use.</remarks>
public interface IAuthenticator
{
    /// <summary>Decides about one attempt; completes synchronously unless a refresh of keys is under way.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="request"/> is null.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    ValueTask<AuthenticationResult> AuthenticateAsync(AuthenticationRequest request, CancellationToken cancellationToken = default);
}
