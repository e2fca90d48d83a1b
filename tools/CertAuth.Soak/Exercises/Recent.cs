namespace CertAuth.Soak.Exercises;

/// <summary>The values of the last generations. Safe for one writer and many readers.</summary>
internal sealed class Recent<T>
    where T : class
{
    private const int Size = 32;

    private readonly Entry?[] _entries = new Entry?[Size];

    internal void Set(int generation, T value) => Volatile.Write(ref _entries[generation % Size], new(generation, value));

    /// <summary>Returns the value of a generation; null if it does not exist yet or is no longer kept.</summary>
    internal T? Find(int generation) =>
        generation >= 0 && Volatile.Read(ref _entries[generation % Size]) is { } entry && entry.Generation == generation
            ? entry.Value
            : null;

    internal T this[int generation] =>
        Find(generation) ?? throw new InvalidOperationException($"Generation {generation} is not available.");

    private sealed record Entry(int Generation, T Value);
}
