using System.Globalization;

namespace CertAuth.Reloading;

/// <summary>Limits the time of a read. A read that does not end in time is canceled and abandoned. Not every read can be canceled: until it
/// ends, no other read starts. Not safe for concurrent use.</summary>
internal sealed class ReadTimeout(TimeSpan timeout, TimeProvider clock)
{
    // The time that the next read waits for an abandoned one, which usually ends soon after it is canceled.
    private static readonly TimeSpan s_abandonedReadWait = TimeSpan.FromSeconds(1);

    private Task<OriginReadResult>? _abandoned;

    /// <summary>Runs a read on the thread pool.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was canceled.</exception>
    internal async ValueTask<OriginReadResult> RunAsync(
        Func<CancellationToken, Task<OriginReadResult>> read, CancellationToken cancellationToken)
    {
        if (_abandoned is { IsCompleted: false } abandoned)
            await Task.WhenAny(abandoned, Task.Delay(s_abandonedReadWait, clock, cancellationToken)).ConfigureAwait(false);
        if (_abandoned is { IsCompleted: false })
            return OriginReadResult.Failed("The previous read has not ended yet.");

        using CancellationTokenSource cancellation = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        CancellationToken readToken = cancellation.Token;
        Task<OriginReadResult> reading = Task.Run(() => read(readToken), CancellationToken.None);
        try
        {
            return await reading.WaitAsync(timeout, clock, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            Abandon(reading);
            await cancellation.CancelAsync().ConfigureAwait(false);
            return OriginReadResult.Failed(string.Create(CultureInfo.InvariantCulture, $"The read did not complete within {timeout}."));
        }
        catch (OperationCanceledException)
        {
            Abandon(reading);
            throw;
        }
    }

    // When the read ends, overwrites its content, which may be a private key, or observes its exception.
    private void Abandon(Task<OriginReadResult> reading)
    {
        _abandoned = reading;
        reading.ContinueWith(
            r =>
            {
                if (r.IsCompletedSuccessfully)
                    r.Result.Dispose();
                else
                    _ = r.Exception;
            },
            CancellationToken.None,
            TaskContinuationOptions.None,
            TaskScheduler.Default);
    }
}
