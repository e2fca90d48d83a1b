namespace CertAuth.Transport;

/// <summary>Runs one handshake with a deadline.</summary>
internal static class HandshakeAttempt
{
    /// <summary>Runs the handshake.</summary>
    /// <returns>The exception of the handshake, or null if it succeeded; and whether the deadline caused the exception.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was canceled.</exception>
    internal static async Task<(Exception? Exception, bool IsTimeout)> RunAsync(
        Func<CancellationToken, Task> authenticate, TimeSpan timeout, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        using CancellationTokenSource deadline = new(timeout, timeProvider);
        using CancellationTokenSource linked = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            await authenticate(linked.Token).ConfigureAwait(false);
            return (null, false);
        }
        catch (Exception exception)
        {
            // Data that a peer sent can cause exceptions of any type; .NET documents only two types.
            cancellationToken.ThrowIfCancellationRequested();
            return (exception, deadline.IsCancellationRequested && exception is OperationCanceledException);
        }
    }
}
