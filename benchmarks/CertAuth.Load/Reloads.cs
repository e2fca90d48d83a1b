namespace CertAuth.Load;

/// <summary>Replaces and reloads all files at an interval until disposal.</summary>
internal sealed class Reloads : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _loop;

    internal Reloads(LoginServer server, TimeSpan interval) => _loop = Task.Run(() => LoopAsync(server, interval));

    /// <summary>The number of completed reloads of all files.</summary>
    internal int Count { get; private set; }

    /// <summary>Stops the reloads. Throws the exception of a failed reload.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loop;
        _stop.Dispose();
    }

    private async Task LoopAsync(LoginServer server, TimeSpan interval)
    {
        using PeriodicTimer timer = new(interval);
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token))
            {
                await server.ReplaceAllAsync();
                Count++;
            }
        }
        catch (OperationCanceledException)
        {
        }
    }
}
