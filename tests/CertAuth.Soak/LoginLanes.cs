namespace CertAuth.Soak;

/// <summary>Threads that log in with each scenario in turn until disposal.</summary>
internal sealed class LoginLanes : IDisposable
{
    private readonly Thread[] _threads;
    private volatile bool _isOver;

    internal LoginLanes(IReadOnlyList<Scenario> scenarios, TimeSpan rest)
    {
        _threads = [.. Enumerable.Range(0, Scenario.Lanes).Select(lane => new Thread(() => LogIn(scenarios, lane, rest)))];
        foreach (Thread thread in _threads)
            thread.Start();
    }

    public void Dispose()
    {
        _isOver = true;
        foreach (Thread thread in _threads)
            thread.Join();
    }

    private void LogIn(IReadOnlyList<Scenario> scenarios, int lane, TimeSpan rest)
    {
        while (!_isOver)
        {
            foreach (Scenario scenario in scenarios)
                scenario.LogIn(lane);

            // Even without a pause, the writers get processor time on a machine with few cores.
            Thread.Sleep(rest);
        }
    }
}
