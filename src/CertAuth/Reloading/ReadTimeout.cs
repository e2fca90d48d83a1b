using System.Globalization;

namespace CertAuth.Reloading;

/// <summary>Waits for a reading no longer than it may take. What blocks can't always be cancelled: one reading at most is left to itself, and none is begun
/// until it ends.</summary>
internal sealed class ReadTimeout(TimeSpan timeout, TimeProvider clock)
{
    // For one that was told to end a moment ago.
    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(1);

    private Task<OriginReadResult>? _abandoned;

    internal async ValueTask<OriginReadResult> RunAsync(Func<CancellationToken, Task<OriginReadResult>> read, CancellationToken cancellationToken)
    {
        if (_abandoned is { IsCompleted: false } left)
            await Task.WhenAny(left, Task.Delay(s_grace, clock, cancellationToken)).ConfigureAwait(false);
        if (_abandoned is { IsCompleted: false })
            return OriginReadResult.Failed("The last reading hasn't ended yet.");

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
            return OriginReadResult.Failed(string.Create(CultureInfo.InvariantCulture, $"Nothing whole was read in time; at most {timeout} are given."));
        }
        catch (OperationCanceledException)
        {
            Abandon(reading);
            throw;
        }
    }

    // Nobody else clears what it reads, which may be a private key, or sees how it fails.
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
