namespace CertAuth.Load;

/// <summary>Under what decisions are made.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Threads">How many threads decide.</param>
/// <param name="HeapMegabytes">The live heap beside the program's own.</param>
/// <param name="ReloadMilliseconds">Time between reloads of everything; 0 for none.</param>
internal sealed record Condition(string Name, int Threads, int HeapMegabytes = 0, int ReloadMilliseconds = 0)
{
    internal static IEnumerable<Condition> Of(LoadOptions options)
    {
        yield return new("one thread", 1);
        string threads = $"{options.Threads} threads";
        if (options.Threads > 1)
            yield return new(threads, options.Threads);
        if (options.HeapMegabytes > 0)
            yield return new($"{threads}, a live heap of {options.HeapMegabytes} MB", options.Threads, HeapMegabytes: options.HeapMegabytes);
        if (options.ReloadMilliseconds > 0)
            yield return new($"{threads}, a reload every {options.ReloadMilliseconds} ms", options.Threads, ReloadMilliseconds: options.ReloadMilliseconds);
    }
}
