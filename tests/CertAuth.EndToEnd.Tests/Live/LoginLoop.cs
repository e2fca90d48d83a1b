using System.Collections.Concurrent;

namespace CertAuth.EndToEnd.Tests.Live;

/// <summary>Two clients that log in repeatedly while something changes. No login may fail.</summary>
internal sealed class LoginLoop : IAsyncDisposable
{
    private const int Workers = 2;
    private readonly ConcurrentQueue<string> _failures = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<Task<string>> _logIn;
    private readonly string _expected;
    private readonly Task _workers;
    private volatile string _step = "start";
    private int _done;

    /// <param name="logIn">A delegate that logs in and returns the client's output.</param>
    /// <param name="expected">The expected output.</param>
    internal LoginLoop(Func<Task<string>> logIn, string expected)
    {
        (_logIn, _expected) = (logIn, expected);
        _workers = Task.WhenAll(Enumerable.Range(0, Workers).Select(_ => Task.Run(RunAsync)));
    }

    internal int Done => Volatile.Read(ref _done);

    /// <summary>Performs a step and waits until a number of logins that started after it have completed. None may have failed.</summary>
    internal async Task StepAsync(string name, Func<Task> step, int logins = 10)
    {
        _step = name;
        await step();
        int end = Done + Workers + logins;
        await Eventually.HoldsAsync(() => Done >= end || !_failures.IsEmpty || _workers.IsCompleted, $"logins after: {name}");
        _failures.IsEmpty.Should().BeTrue(string.Join("\n", _failures));
    }

    /// <summary>Stops the clients, asserts that no login failed, and returns the number of logins.</summary>
    internal async Task<int> EndAsync()
    {
        await _stop.CancelAsync();
        await _workers;
        _failures.IsEmpty.Should().BeTrue(string.Join("\n", _failures));
        return Done;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _workers.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            string printed = await _logIn();
            if (printed != _expected)
                _failures.Enqueue($"{_step}: {printed}");
            Interlocked.Increment(ref _done);
        }
    }
}
