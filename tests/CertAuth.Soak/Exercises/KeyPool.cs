using CertAuth.Testing;

namespace CertAuth.Soak.Exercises;

/// <summary>P-256 keys made once: neighbouring generations have different ones.</summary>
internal sealed class KeyPool
{
    private const int Size = 37;

    private readonly TestKey[] _keys = [.. Enumerable.Range(0, Size).Select(_ => TestKey.Create())];

    internal TestKey this[int generation] => _keys[generation % Size];
}
