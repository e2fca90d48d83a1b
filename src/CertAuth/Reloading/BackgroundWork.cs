namespace CertAuth.Reloading;

/// <summary>Starts background work without flowing the caller's <see cref="ExecutionContext"/>: its trace, log scope or user.</summary>
internal static class BackgroundWork
{
    internal static TResult Start<TResult>(Func<TResult> start)
    {
        if (ExecutionContext.IsFlowSuppressed())
            return start();

        using (ExecutionContext.SuppressFlow())
            return start();
    }
}
