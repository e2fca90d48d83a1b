using System.Globalization;
using System.Numerics;

namespace CertAuth.Keys;

/// <summary>The equation y² = x³ − 3x + b modulo p of a curve (SP 800-186, 2.1.1).</summary>
/// <param name="p">The prime, in hexadecimal.</param>
/// <param name="b">The coefficient, in hexadecimal.</param>
/// <remarks>Immutable; safe for concurrent use.</remarks>
internal sealed class CurveEquation(string p, string b)
{
    private readonly BigInteger _p = ParseHex(p);
    private readonly BigInteger _b = ParseHex(b);

    /// <summary>Returns whether a point is on the curve: its coordinates are less than p and meet the equation.</summary>
    internal bool Contains(ReadOnlySpan<byte> x, ReadOnlySpan<byte> y)
    {
        BigInteger px = new(x, isUnsigned: true, isBigEndian: true);
        BigInteger py = new(y, isUnsigned: true, isBigEndian: true);
        return px < _p && py < _p && ((((px * px) - 3) * px) + _b - (py * py)) % _p == BigInteger.Zero;
    }

    private static BigInteger ParseHex(string hex) =>
        BigInteger.Parse("0" + hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
