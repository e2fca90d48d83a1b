using CertAuth.Soak.Exercises;

namespace CertAuth.Soak;

/// <summary>The figures of one material and one strategy. The counters of logins and reloads are safe for concurrent use.</summary>
internal sealed class Figures
{
    private long _logins;
    private long _failed;
    private long _mixed;
    private long _excluded;
    private long _reloads;
    private long _rejected;
    private string? _firstProblem;

    internal int Replacements { get; set; }

    /// <summary>Gets the number of generations that the next reload did not see.</summary>
    internal int Missed { get; private set; }

    /// <summary>Gets the number of generations whose writer was delayed for about the settle delay or longer while a truncated file was
    /// valid.</summary>
    internal int Overdue { get; set; }

    internal TimeSpan Time { get; set; }

    internal long Logins => Volatile.Read(ref _logins);

    internal long Failed => Volatile.Read(ref _failed);

    /// <summary>Gets the number of logins that found parts of two generations.</summary>
    internal long Mixed => Volatile.Read(ref _mixed);

    /// <summary>Gets the number of logins that failed while the writer was delayed so, which is not a fault of the library.</summary>
    internal long Excluded => Volatile.Read(ref _excluded);

    internal long Reloads => Volatile.Read(ref _reloads);

    /// <summary>Gets the number of reloads that found unusable files.</summary>
    internal long Rejected => Volatile.Read(ref _rejected);

    internal string? FirstProblem => Volatile.Read(ref _firstProblem);

    internal bool IsAsExpected => Failed == 0 && Mixed == 0 && Missed == 0 && Logins > 0;

    internal void Count(LoginVerdict verdict, bool isExcluded)
    {
        Interlocked.Increment(ref _logins);
        if (verdict.Outcome == LoginOutcome.Accepted)
            return;
        if (verdict.Outcome == LoginOutcome.Mixed)
            Interlocked.Increment(ref _mixed);
        else if (isExcluded)
            Interlocked.Increment(ref _excluded);
        else
            Interlocked.Increment(ref _failed);
        if (verdict.Outcome == LoginOutcome.Mixed || !isExcluded)
            SetFirstProblem($"{verdict.Outcome}: {verdict.Problem}");
    }

    internal void CountReload(bool isRejected)
    {
        Interlocked.Increment(ref _reloads);
        if (isRejected)
            Interlocked.Increment(ref _rejected);
    }

    internal void CountMissed(string problem)
    {
        Missed++;
        SetFirstProblem($"Missed: {problem}");
    }

    private void SetFirstProblem(string problem) => Interlocked.CompareExchange(ref _firstProblem, problem, null);
}
