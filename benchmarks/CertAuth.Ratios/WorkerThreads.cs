using System.Diagnostics;

namespace CertAuth.Ratios;

/// <summary>Threads that wait for work and do the same work at once; the caller's thread is one of them.</summary>
internal sealed class WorkerThreads : IDisposable
{
    private readonly Barrier _gate;
    private readonly Thread[] _others;
    private Action? _work;
    private volatile Exception? _failure;

    internal WorkerThreads(int threads)
    {
        _gate = new(threads);
        _others = [.. Enumerable.Range(1, threads - 1).Select(_ => new Thread(Follow) { IsBackground = true })];
        foreach (Thread thread in _others)
            thread.Start();
    }

    internal int Threads => _others.Length + 1;

    /// <summary>The time from the first thread's start to the last one's end.</summary>
    internal TimeSpan Run(Action work)
    {
        _work = work;
        long start = Stopwatch.GetTimestamp();
        _gate.SignalAndWait();
        Try(work);
        _gate.SignalAndWait();
        TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
        return _failure is null ? elapsed : throw new InvalidOperationException("Work failed on one of the threads.", _failure);
    }

    public void Dispose()
    {
        _work = null;
        _gate.SignalAndWait();
        foreach (Thread thread in _others)
            thread.Join();
        _gate.Dispose();
    }

    private void Follow()
    {
        while (true)
        {
            _gate.SignalAndWait();
            if (_work is not { } work)
                return;
            Try(work);
            _gate.SignalAndWait();
        }
    }

    // A thread that failed still comes to the gate, or the others would wait for ever.
    private void Try(Action work)
    {
        try
        {
            work();
        }
        catch (Exception e)
        {
            _failure = e;
        }
    }
}
