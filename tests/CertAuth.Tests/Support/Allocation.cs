namespace CertAuth.Tests.Support;

/// <summary>Measures the allocations of the current thread.</summary>
internal static class Allocation
{
    private const int Attempts = 5;

    /// <summary>Returns the bytes that an action allocates: the minimum of several attempts. A garbage collection of another test closes
    /// the thread's allocation buffer and counts its unused rest, so that a single attempt can report too many bytes.</summary>
    internal static long Of(Action act)
    {
        long least = long.MaxValue;
        for (int i = 0; i < Attempts && least > 0; i++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            act();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
