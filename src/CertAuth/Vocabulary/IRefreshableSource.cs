namespace CertAuth;

/// <summary>A source that can be asked to check for a newer value, for example when a JWK set lacks the key of a token.</summary>
/// <remarks>Implementations are safe for concurrent use. They limit how often they check, no matter how often they are asked, and
/// concurrent callers wait for the check that is in progress.</remarks>
/// <typeparam name="T">An immutable type.</typeparam>
public interface IRefreshableSource<T> : ISource<T>
    where T : class
{
    /// <summary>Checks for a value newer than the given one, unless that was done shortly before.</summary>
    /// <param name="seen">The value that did not suffice.</param>
    /// <param name="cancellationToken">The token to stop waiting. It does not stop the check.</param>
    /// <returns>The current value: <paramref name="seen"/> if there is none newer, or if the check failed.</returns>
    ValueTask<T> RefreshAsync(T seen, CancellationToken cancellationToken = default);
}
