namespace CertAuth;

/// <summary>A source that can be asked to check for a newer value, for example when a JWK set lacks the key of a token.</summary>
/// <remarks>Implementations are safe for concurrent use. They limit how often they check, however often <see cref="RefreshAsync"/> is
/// called. Concurrent callers wait for the check that is in progress.</remarks>
/// <typeparam name="T">An immutable type.</typeparam>
public interface IRefreshableSource<T> : ISource<T>
    where T : class
{
    /// <summary>Checks for a newer value than the given one, unless the last check was a short time ago.</summary>
    /// <param name="seen">The value that the caller used without success.</param>
    /// <param name="cancellationToken">The token that cancels the wait. The check itself continues.</param>
    /// <returns>The current value. It is <paramref name="seen"/> if there is no newer value, or if the check failed.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was canceled.</exception>
    ValueTask<T> RefreshAsync(T seen, CancellationToken cancellationToken = default);
}
