namespace CertAuth.Trust;

/// <summary>The work that one search may still do.</summary>
/// <remarks>Not safe for concurrent use.</remarks>
internal sealed class Budget(int max)
{
    /// <summary>Gets the work that was done. It can exceed the maximum by the last piece of work.</summary>
    internal int Spent { get; private set; }

    /// <summary>Gets a value that indicates whether the maximum is reached, so that no more work may be done.</summary>
    internal bool IsExhausted => Spent >= max;

    internal void Spend(int work) => Spent += work;
}
