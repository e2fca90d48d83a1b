namespace CertAuth.Transport;

/// <summary>Runs one handshake until a deadline.</summary>
internal static class HandshakeAttempt
{
    /// <summary>The outcome: no exception, or the one that ended the handshake and whether the deadline caused it.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was canceled.</exception>
    internal static async Task<(Exception? Exception, bool IsTimeout)> RunAsync(
        Func<CancellationToken, Task> authenticate, TimeSpan timeout, TimeProvider clock, CancellationToken cancellationToken)
    {
        using CancellationTokenSource deadline = new(timeout, clock);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            await authenticate(either.Token).ConfigureAwait(false);
            return (null, false);
        }
        catch (Exception exception)
        {
            // Whatever a peer sends: .NET documents two exceptions for it, and throws others as well.
            cancellationToken.ThrowIfCancellationRequested();
            return (exception, deadline.IsCancellationRequested && exception is OperationCanceledException);
        }
    }
}
