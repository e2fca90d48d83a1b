using System.Collections.Frozen;
using System.Security.Cryptography;

namespace CertAuth.Testing;

/// <summary>The key pairs that the package contains.</summary>
public sealed partial class TestKey
{
    /// <summary>The number of fixed keys of each type.</summary>
    public const int FixedKeyCount = 8;

    // A key is imported at its first use.
    private static readonly Lazy<FrozenDictionary<(TestKeyType Type, int Number), Lazy<TestKey>>> s_fixedKeys = new(ReadFixedKeys);

    /// <summary>Returns one of the key pairs that the package contains. This is faster than generating an RSA key, which takes 50
    /// milliseconds to one second.</summary>
    /// <remarks>The private keys are public: a signature by one of them proves nothing. CAs that must not share a key need different
    /// numbers.</remarks>
    /// <param name="type">The algorithm and size.</param>
    /// <param name="number">The number of the key, from 1 to <see cref="FixedKeyCount"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The type is undefined or the number is out of range.</exception>
    public static TestKey Fixed(TestKeyType type, int number = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(number, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(number, FixedKeyCount);
        return s_fixedKeys.Value.TryGetValue((type, number), out Lazy<TestKey>? key)
            ? key.Value
            : throw new ArgumentOutOfRangeException(nameof(type), type, "The key type is undefined.");
    }

    // Tab-separated: type, number, PKCS #8 in Base64.
    private static FrozenDictionary<(TestKeyType Type, int Number), Lazy<TestKey>> ReadFixedKeys()
    {
        using Stream resource = typeof(TestKey).Assembly.GetManifestResourceStream("FixedKeys.tsv")!;
        using StreamReader text = new(resource);
        Dictionary<(TestKeyType Type, int Number), Lazy<TestKey>> keys = [];
        while (text.ReadLine() is { } line)
        {
            string[] cells = line.Split('\t');
            (TestKeyType type, int number) = (Enum.Parse<TestKeyType>(cells[0]), cells[1][0] - '0');
            keys.Add((type, number), new(() => Import(type, Convert.FromBase64String(cells[2]))));
        }

        return keys.ToFrozenDictionary();
    }

    private static TestKey Import(TestKeyType type, byte[] pkcs8)
    {
        bool isEc = type is TestKeyType.P256 or TestKeyType.P384 or TestKeyType.P521;
        using AsymmetricAlgorithm algorithm = isEc ? ECDsa.Create() : RSA.Create();
        algorithm.ImportPkcs8PrivateKey(pkcs8, out _);
        return new(type, algorithm);
    }
}
