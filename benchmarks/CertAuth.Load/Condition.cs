namespace CertAuth.Load;

/// <summary>A condition under which decisions are measured.</summary>
/// <param name="Name">The name of the condition.</param>
/// <param name="Threads">The number of deciding threads.</param>
/// <param name="HeapMegabytes">The additional live heap.</param>
/// <param name="ReloadMilliseconds">The interval between reloads of all material; 0 for none.</param>
internal sealed record Condition(string Name, int Threads, int HeapMegabytes = 0, int ReloadMilliseconds = 0)
{
    internal static IEnumerable<Condition> Of(LoadOptions options)
    {
        yield return new("one thread", 1);
        string threads = $"{options.Threads} threads";
        if (options.Threads > 1)
            yield return new(threads, options.Threads);
        if (options.HeapMegabytes > 0)
        {
            string name = $"{threads}, a live heap of {options.HeapMegabytes} MB";
            yield return new(name, options.Threads, HeapMegabytes: options.HeapMegabytes);
        }

        if (options.ReloadMilliseconds > 0)
        {
            string name = $"{threads}, a reload every {options.ReloadMilliseconds} ms";
            yield return new(name, options.Threads, ReloadMilliseconds: options.ReloadMilliseconds);
        }
    }
}
