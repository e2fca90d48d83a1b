using System.Runtime.CompilerServices;

namespace CertAuth.Tests.Support;

/// <summary>Waits in real time for work of other threads and processes. The limit only ends a test that hangs.</summary>
internal static class Eventually
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(5), s_pause = TimeSpan.FromMilliseconds(1);

    /// <summary>Waits until a condition is true.</summary>
    /// <exception cref="TimeoutException">The test hangs. The message contains <paramref name="what"/>.</exception>
    internal static Task HoldsAsync(Func<bool> condition, [CallerArgumentExpression(nameof(condition))] string what = "") =>
        FindAsync(() => condition() ? what : null, () => what);

    /// <summary>Waits until there is a value, and returns it.</summary>
    /// <exception cref="TimeoutException">The test hangs. The message contains <paramref name="what"/>.</exception>
    internal static async Task<T> FindAsync<T>(Func<T?> find, Func<string> what)
        where T : class
    {
        using CancellationTokenSource limit = new(s_limit);
        while (!limit.IsCancellationRequested)
        {
            if (find() is { } found)
                return found;
            await Task.Delay(s_pause, TestContext.Current.CancellationToken);
        }

        throw new TimeoutException($"The test hangs: {what()}");
    }
}
