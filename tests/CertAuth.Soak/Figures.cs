using CertAuth.Soak.Exercises;

namespace CertAuth.Soak;

/// <summary>The figures of one material and one way of replacing it. Safe for concurrent use.</summary>
internal sealed class Figures
{
    private long _logins;
    private long _failed;
    private long _mixed;
    private long _excused;
    private long _reloads;
    private long _rejected;
    private string? _firstProblem;

    internal int Replacements { get; set; }

    /// <summary>The number of generations that the next reload did not see.</summary>
    internal int Missed { get; private set; }

    /// <summary>The number of generations whose writer was delayed for about the settle delay or longer while the files appeared
    /// complete.</summary>
    internal int Overdue { get; set; }

    internal TimeSpan Time { get; set; }

    internal long Logins => Volatile.Read(ref _logins);

    internal long Failed => Volatile.Read(ref _failed);

    internal long Torn => Volatile.Read(ref _mixed);

    /// <summary>The number of logins that failed in such a state, which is not a fault of the library.</summary>
    internal long Excluded => Volatile.Read(ref _excused);

    internal long Reloads => Volatile.Read(ref _reloads);

    /// <summary>The number of reloads that found unusable files.</summary>
    internal long Rejected => Volatile.Read(ref _rejected);

    internal string? FirstProblem => Volatile.Read(ref _firstProblem);

    internal bool IsGood => Failed == 0 && Torn == 0 && Missed == 0 && Logins > 0;

    internal void Count(LoginVerdict verdict, bool isExcluded)
    {
        Interlocked.Increment(ref _logins);
        if (verdict.Outcome == LoginOutcome.Accepted)
            return;
        if (verdict.Outcome == LoginOutcome.Mixed)
            Interlocked.Increment(ref _mixed);
        else if (isExcluded)
            Interlocked.Increment(ref _excused);
        else
            Interlocked.Increment(ref _failed);
        if (verdict.Outcome == LoginOutcome.Mixed || !isExcluded)
            Note($"{verdict.Outcome}: {verdict.Problem}");
    }

    internal void CountReload(bool isRejected)
    {
        Interlocked.Increment(ref _reloads);
        if (isRejected)
            Interlocked.Increment(ref _rejected);
    }

    internal void Miss(string problem)
    {
        Missed++;
        Note($"Missed: {problem}");
    }

    internal void Note(string problem) => Interlocked.CompareExchange(ref _firstProblem, problem, null);
}
