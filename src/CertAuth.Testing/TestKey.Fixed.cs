using System.Collections.Frozen;
using System.Security.Cryptography;

namespace CertAuth.Testing;

/// <summary>Keys that were made beforehand.</summary>
public sealed partial class TestKey
{
    /// <summary>How many fixed keys there are of each type.</summary>
    public const int FixedKeyCount = 8;

    // Each is imported when it is first asked for.
    private static readonly Lazy<FrozenDictionary<(TestKeyType Type, int Number), Lazy<TestKey>>> s_fixedKeys = new(ReadFixedKeys);

    /// <summary>One of the key pairs that are part of this package: the same one each time, at once, where a new RSA key takes from 50
    /// milliseconds to a second.</summary>
    /// <remarks>Everybody has them: what they sign proves nothing. CAs that are to be strangers to one another need keys of different
    /// numbers.</remarks>
    /// <param name="type">The kind and size.</param>
    /// <param name="number">Which one, from 1 to <see cref="FixedKeyCount"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">No such type or number.</exception>
    public static TestKey Fixed(TestKeyType type, int number = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(number, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(number, FixedKeyCount);
        return s_fixedKeys.Value.TryGetValue((type, number), out Lazy<TestKey>? key)
            ? key.Value
            : throw new ArgumentOutOfRangeException(nameof(type), type, "Unknown type of key.");
    }

    // Type, number, and PKCS#8 in Base64, with tabs between them.
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
        using AsymmetricAlgorithm algorithm = type is TestKeyType.P256 or TestKeyType.P384 or TestKeyType.P521 ? ECDsa.Create() : RSA.Create();
        algorithm.ImportPkcs8PrivateKey(pkcs8, out _);
        return new(type, algorithm);
    }
}
