using System.Globalization;

namespace CertAuth.Reloading;

/// <summary>Limits the time of a read. A read that blocks cannot always be canceled: it is abandoned, and no other read starts before it
/// ends.</summary>
internal sealed class ReadTimeout(TimeSpan timeout, TimeProvider clock)
{
    // An abandoned read that was canceled usually ends within this time.
    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(1);

    private Task<OriginReadResult>? _abandoned;

    internal async ValueTask<OriginReadResult> RunAsync(
        Func<CancellationToken, Task<OriginReadResult>> read, CancellationToken cancellationToken)
    {
        if (_abandoned is { IsCompleted: false } abandoned)
            await Task.WhenAny(abandoned, Task.Delay(s_grace, clock, cancellationToken)).ConfigureAwait(false);
        if (_abandoned is { IsCompleted: false })
            return OriginReadResult.Failed("The previous read has not ended yet.");

        using CancellationTokenSource ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        CancellationToken end = ending.Token;
        Task<OriginReadResult> reading = Task.Run(() => read(end), CancellationToken.None);
        try
        {
            return await reading.WaitAsync(timeout, clock, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            Abandon(reading);
            await ending.CancelAsync().ConfigureAwait(false);
            return OriginReadResult.Failed(string.Create(CultureInfo.InvariantCulture, $"The read did not complete within {timeout}."));
        }
        catch (OperationCanceledException)
        {
            Abandon(reading);
            throw;
        }
    }

    // Clears the content, which may be a private key, or observes the exception when the read ends.
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
