namespace CertAuth.Soak;

/// <summary>Threads that log in to each scenario in turn until they are disposed.</summary>
internal sealed class LoginThreads : IDisposable
{
    private readonly Thread[] _threads;
    private volatile bool _isStopping;

    internal LoginThreads(IReadOnlyList<Scenario> scenarios, TimeSpan pause)
    {
        _threads = [.. Enumerable.Range(0, Scenario.LoginThreadCount).Select(index => new Thread(() => LogIn(scenarios, index, pause)))];
        foreach (Thread thread in _threads)
            thread.Start();
    }

    public void Dispose()
    {
        _isStopping = true;
        foreach (Thread thread in _threads)
            thread.Join();
    }

    private void LogIn(IReadOnlyList<Scenario> scenarios, int index, TimeSpan pause)
    {
        while (!_isStopping)
        {
            foreach (Scenario scenario in scenarios)
                scenario.LogIn(index);

            // Even a pause of zero gives the writers processor time on a machine with few cores.
            Thread.Sleep(pause);
        }
    }
}
