namespace CertAuth.Transport;

/// <summary>Runs one handshake with a deadline.</summary>
internal static class HandshakeAttempt
{
    /// <summary>Runs the handshake. Returns no exception if it succeeded; otherwise, its exception and whether the deadline caused
    /// it.</summary>
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
            // Catches every type: .NET documents two for data that a peer sent, but throws others, too.
            cancellationToken.ThrowIfCancellationRequested();
            return (exception, deadline.IsCancellationRequested && exception is OperationCanceledException);
        }
    }
}
