using System.Numerics;

namespace CertAuth.Keys;

/// <summary>Recognizes RSA moduli that can be factored, because a chip with a faulty key generator created them (ROCA,
/// CVE-2017-15361).</summary>
/// <remarks>Both factors of such a modulus have the form k·M + (65537^a mod M), where M is a product of small primes. Modulo each of these
/// small primes, the modulus is therefore a power of 65537. Any other modulus matches with a probability of less than 2^-27.</remarks>
internal static class RocaFingerprint
{
    private static ReadOnlySpan<byte> SmallPrimes =>
    [
        3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97, 101, 103, 107, 109, 113, 127, 131,
        137, 139, 149, 151, 157, 163, 167,
    ];

    /// <summary>Returns whether a modulus is a power of 65537 modulo each of the small primes.</summary>
    internal static bool Matches(BigInteger modulus)
    {
        foreach (byte prime in SmallPrimes)
        {
            if (!IsPowerOf65537((int)(modulus % prime), prime))
                return false;
        }

        return true;
    }

    private static bool IsPowerOf65537(int value, int prime)
    {
        int power = 1;
        do
        {
            if (power == value)
                return true;
            power = power * (65537 % prime) % prime;
        }
        while (power != 1);
        return false;
    }
}
