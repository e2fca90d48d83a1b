using System.Buffers.Text;
using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace CertAuth.Tests.Signing;

/// <summary>Generated parts of keys, by name, for the rows of keys.tsv and jwk-sets.tsv.</summary>
/// <remarks> <c>$n2048</c>: an odd random modulus of 2048 bits; <c>$zn2048</c>: with a leading zero byte; <c>$even2048</c>: even;
/// <c>$roca</c>: a product of two numbers k·M + 65537^a mod M; <c>$almost</c>: the same, but not a power of 65537 modulo 3. <c>$x256</c>,
/// <c>$y256</c> (384, 521): the coordinates of a point; <c>$zx256</c>: x with a leading zero byte; <c>$cut256</c>: x without its last byte;
/// <c>$zero256</c>, <c>$ones256</c>: a coordinate of zero bits or one bits. <c>$a1024</c>: 1024 letters. <c>$un2048</c>, <c>$ux256</c>,
/// <c>$uy256</c>: the same with every character written as a JSON escape. </remarks>
internal static partial class GeneratedKeys
{
    private static readonly int[] s_primes =
    [
        2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97, 101, 103, 107, 109, 113, 127, 131,
        137, 139, 149, 151, 157, 163, 167,
    ];

    private static readonly BigInteger s_product = s_primes.Aggregate(BigInteger.One, (product, prime) => product * prime);

    private static readonly Dictionary<string, ECPoint> s_points = new[]
    {
        ("256", ECCurve.NamedCurves.nistP256), ("384", ECCurve.NamedCurves.nistP384), ("521", ECCurve.NamedCurves.nistP521),
    }.ToDictionary(curve => curve.Item1, curve =>
    {
        using ECDsa key = ECDsa.Create(curve.Item2);
        return key.ExportParameters(includePrivateParameters: false).Q;
    });

    /// <summary>Replaces each name in a text.</summary>
    internal static string Fill(string text) => Name().Replace(text, match => Part(match.Groups[1].Value, match.Groups[2].Value));

    /// <summary>Returns an odd random number of the given length, always the same one for a seed.</summary>
    internal static BigInteger Modulus(int bits, int seed = 1)
    {
        byte[] bytes = new byte[(bits + 7) / 8];
        new Random(seed).NextBytes(bytes);
        BigInteger top = BigInteger.One << (bits - 1);
        return (new BigInteger(bytes, isUnsigned: true, isBigEndian: true) % top) | top | BigInteger.One;
    }

    /// <summary>Returns a modulus as the vulnerable chips generated it.</summary>
    internal static BigInteger RocaModulus(int seed = 1)
    {
        BigInteger n = Factor(seed) * Factor(seed + 1000);
        return n.GetBitLength() == 2048 ? n : throw new InvalidOperationException($"{n.GetBitLength()} bits.");
    }

    /// <summary>Returns a modulus of such a chip, changed to a multiple of one prime, and unchanged modulo all other small
    /// primes.</summary>
    internal static BigInteger AlmostRocaModulus(int prime = 3)
    {
        BigInteger n = RocaModulus();
        while (n % prime != 0)
            n += s_product / prime;
        return n;
    }

    internal static string Encode(BigInteger number) => Base64Url.EncodeToString(number.ToByteArray(isUnsigned: true, isBigEndian: true));

    // 1024 bits, of which the two highest are set, so that the product of two factors has 2048 bits.
    private static BigInteger Factor(int seed)
    {
        BigInteger high = Modulus(1024, seed) | (BigInteger.One << 1022);
        return high / s_product * s_product + BigInteger.ModPow(65537, 12345 + seed, s_product);
    }

    private static string Part(string name, string number)
    {
        int Count() => int.Parse(number, CultureInfo.InvariantCulture);
        return name switch
        {
            "un" or "ux" or "uy" => string.Concat(Part(name[1..], number).Select(c => $"\\u{(int)c:x4}")),
            "n" => Encode(Modulus(Count())),
            "zn" => Base64Url.EncodeToString([0, .. Modulus(Count()).ToByteArray(isUnsigned: true, isBigEndian: true)]),
            "even" => Encode(Modulus(Count()) - 1),
            "roca" => Encode(RocaModulus()),
            "almost" => Encode(AlmostRocaModulus()),
            "x" => Base64Url.EncodeToString(s_points[number].X),
            "y" => Base64Url.EncodeToString(s_points[number].Y),
            "zx" => Base64Url.EncodeToString([0, .. s_points[number].X!]),
            "cut" => Base64Url.EncodeToString(s_points[number].X.AsSpan()[..^1]),
            "zero" => Base64Url.EncodeToString(new byte[s_points[number].X!.Length]),
            "ones" => Base64Url.EncodeToString([.. s_points[number].X!.Select(_ => byte.MaxValue)]),
            "a" => new string('a', Count()),
            _ => throw new ArgumentException($"There is no part with the name {name}.", nameof(name)),
        };
    }

    [GeneratedRegex(@"\$([a-z]+)(\d*)")]
    private static partial Regex Name();
}
