namespace CertAuth.Reloading;

/// <summary>Starts what goes on by itself: nothing of whoever happened to start it (its trace, its log scope, its user) goes along.</summary>
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
