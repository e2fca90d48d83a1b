using System.Diagnostics;

namespace CertAuth.Ratios;

/// <summary>Threads that perform the same work in parallel. The caller's thread is one of them.</summary>
internal sealed class WorkerThreads : IDisposable
{
    private readonly Barrier _gate;
    private readonly Thread[] _others;
    private Action? _work;
    private volatile Exception? _failure;

    internal WorkerThreads(int threads)
    {
        _gate = new(threads);
        _others = [.. Enumerable.Range(1, threads - 1).Select(_ => new Thread(RunWorker) { IsBackground = true })];
        foreach (Thread thread in _others)
            thread.Start();
    }

    internal int Threads => _others.Length + 1;

    /// <summary>Runs the work and returns the time from the start of the first thread to the end of the last one.</summary>
    internal TimeSpan Run(Action work)
    {
        _work = work;
        long start = Stopwatch.GetTimestamp();
        _gate.SignalAndWait();
        Execute(work);
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

    private void RunWorker()
    {
        while (true)
        {
            _gate.SignalAndWait();
            if (_work is not { } work)
                return;
            Execute(work);
            _gate.SignalAndWait();
        }
    }

    // A failed thread still reaches the barrier. Otherwise, the others would wait forever.
    private void Execute(Action work)
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
