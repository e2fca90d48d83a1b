namespace CertAuth;

/// <summary>A source that can be asked to look for a newer version now: a key set that lacks the key of a token.</summary>
/// <remarks>Implementations are safe for concurrent use; they bound how often they look, however often they are asked, and let those who
/// ask
/// meanwhile wait for the look that is under way.</remarks>
/// <typeparam name="T">Something immutable.</typeparam>
public interface IRefreshableSource<T> : ISource<T>
    where T : class
{
    /// <summary>Looks for a version newer than the one seen, unless it was done shortly before.</summary>
    /// <param name="seen">The version that was found wanting.</param>
    /// <param name="cancellationToken">Ends the waiting, not the look.</param>
    /// <returns>The current version: the one seen, where there is none newer. A failed look isn't an exception.</returns>
    ValueTask<T> RefreshAsync(T seen, CancellationToken cancellationToken = default);
}
