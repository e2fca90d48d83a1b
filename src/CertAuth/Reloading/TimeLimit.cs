using System.Globalization;

namespace CertAuth.Reloading;

/// <summary>Waits for a reading no longer than it may take. What blocks can't always be cancelled: one reading at most is left to itself, and none is begun
/// until it ends.</summary>
internal sealed class TimeLimit(TimeSpan timeout, TimeProvider clock)
{
    // For one that was told to end a moment ago.
    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(1);

    private Task<OriginReading>? _left;

    internal async ValueTask<OriginReading> RunAsync(Func<CancellationToken, Task<OriginReading>> read, CancellationToken cancellationToken)
    {
        if (_left is { IsCompleted: false } left)
            await Task.WhenAny(left, Task.Delay(s_grace, clock, cancellationToken)).ConfigureAwait(false);
        if (_left is { IsCompleted: false })
            return OriginReading.Failed("The last reading hasn't ended yet.");

        using CancellationTokenSource ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        CancellationToken end = ending.Token;
        Task<OriginReading> reading = Task.Run(() => read(end), CancellationToken.None);
        try
        {
            return await reading.WaitAsync(timeout, clock, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            Leave(reading);
            await ending.CancelAsync().ConfigureAwait(false);
            return OriginReading.Failed(string.Create(CultureInfo.InvariantCulture, $"Nothing whole was read in time; at most {timeout} are given."));
        }
        catch (OperationCanceledException)
        {
            Leave(reading);
            throw;
        }
    }

    // Nobody else clears what it reads, which may be a private key, or sees how it fails.
    private void Leave(Task<OriginReading> reading)
    {
        _left = reading;
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
