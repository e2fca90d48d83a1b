namespace CertAuth.Load;

/// <summary>One kind of decision, asked by any number of threads.</summary>
/// <param name="name">Its name.</param>
/// <param name="decide">Decides the attempt of that number, and throws where the verdict is not what it must be.</param>
/// <param name="isOurs">Whether it is the library's, with goals; else the floor or a peer.</param>
/// <param name="mayWait">Whether it may wait for a look at newer keys.</param>
internal sealed class LoginKind(string name, Action<int> decide, bool isOurs = true, bool mayWait = false)
{
    private int _attempts;

    internal string Name => name;

    internal bool IsOurs => isOurs;

    internal bool MayWait => mayWait;

    internal void Decide() => decide(Interlocked.Increment(ref _attempts) & int.MaxValue);
}
