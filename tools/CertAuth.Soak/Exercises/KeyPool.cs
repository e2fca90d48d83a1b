using CertAuth.Testing;

namespace CertAuth.Soak.Exercises;

/// <summary>P-256 keys that are generated once. Consecutive generations have different keys.</summary>
internal sealed class KeyPool
{
    private const int Size = 37;

    private readonly TestKey[] _keys = [.. Enumerable.Range(0, Size).Select(_ => TestKey.Create())];

    internal TestKey this[int generation] => _keys[generation % Size];
}
