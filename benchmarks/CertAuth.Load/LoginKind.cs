namespace CertAuth.Load;

/// <summary>A kind of login decision. Safe for concurrent use.</summary>
/// <param name="name">The name of the kind.</param>
/// <param name="decide">A delegate that decides the attempt with a number, and throws if the verdict is not the expected one.</param>
/// <param name="hasGoals">true for a kind of CertAuth, which has goals; false for the baseline or a package for comparison.</param>
/// <param name="mayWait">true if a decision may wait for a reload of keys.</param>
internal sealed class LoginKind(string name, Action<int> decide, bool hasGoals = true, bool mayWait = false)
{
    private int _attempts;

    internal string Name => name;

    internal bool HasGoals => hasGoals;

    internal bool MayWait => mayWait;

    internal void Decide() => decide(Interlocked.Increment(ref _attempts) & int.MaxValue);
}
