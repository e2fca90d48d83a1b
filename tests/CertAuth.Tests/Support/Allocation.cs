namespace CertAuth.Tests.Support;

/// <summary>How many bytes the running thread allocates.</summary>
internal static class Allocation
{
    private const int Attempts = 5;

    /// <summary>The least of several attempts: a collection that other tests set off in the middle closes the thread's allocation buffer, and what was
    /// left of it is counted. What the code itself allocates is there in each attempt.</summary>
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
