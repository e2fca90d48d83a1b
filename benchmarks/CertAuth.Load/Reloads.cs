namespace CertAuth.Load;

/// <summary>Replaces all files and has them read again, at an interval, until it is disposed.</summary>
internal sealed class Reloads : IAsyncDisposable
{
    private readonly CancellationTokenSource _over = new();
    private readonly Task _loop;

    internal Reloads(LoginServer server, TimeSpan interval) => _loop = Task.Run(() => LoopAsync(server, interval));

    /// <summary>How often all was replaced.</summary>
    internal int Count { get; private set; }

    /// <summary>Ends it; throws what went wrong.</summary>
    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        await _loop;
        _over.Dispose();
    }

    private async Task LoopAsync(LoginServer server, TimeSpan interval)
    {
        using PeriodicTimer timer = new(interval);
        try
        {
            while (await timer.WaitForNextTickAsync(_over.Token))
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
