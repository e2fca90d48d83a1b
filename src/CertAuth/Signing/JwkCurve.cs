using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;

namespace CertAuth.Signing;

/// <summary>An elliptic curve of JSON Web Keys (RFC 7518, 6.2.1.1).</summary>
/// <remarks>Immutable; safe for concurrent use.</remarks>
internal sealed class JwkCurve
{
    private readonly BigInteger _p;
    private readonly BigInteger _b;

    private JwkCurve(string name, ECCurve curve, int coordinateBytes, string p, string b)
    {
        Name = name;
        Curve = curve;
        CoordinateBytes = coordinateBytes;
        _p = ParseHex(p);
        _b = ParseHex(b);
    }

    /// <summary>Gets the curve P-256 (SP 800-186, 3.2.1.3).</summary>
    internal static JwkCurve P256 { get; } = new(
        "P-256",
        ECCurve.NamedCurves.nistP256,
        32,
        "FFFFFFFF00000001000000000000000000000000FFFFFFFFFFFFFFFFFFFFFFFF",
        "5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B");

    /// <summary>Gets the curve P-384 (SP 800-186, 3.2.1.4).</summary>
    internal static JwkCurve P384 { get; } = new(
        "P-384",
        ECCurve.NamedCurves.nistP384,
        48,
        "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEFFFFFFFF0000000000000000FFFFFFFF",
        "B3312FA7E23EE7E4988E056BE3F82D19181D9C6EFE8141120314088F5013875AC656398D8A2ED19D2A85C8EDD3EC2AEF");

    /// <summary>Gets the curve P-521 (SP 800-186, 3.2.1.5).</summary>
    internal static JwkCurve P521 { get; } = new(
        "P-521",
        ECCurve.NamedCurves.nistP521,
        66,
        "01FF" + new string('F', 128),
        "0051953EB9618E1C9A1F929A21A0B68540EEA2DA725B99B315F3B8B489918EF109E1"
            + "56193951EC7E937B1652C0BD3BB1BF073573DF883D2C34F1EF451FD46B503F00");

    /// <summary>Gets the value of <c>crv</c>.</summary>
    internal string Name { get; }

    internal ECCurve Curve { get; }

    /// <summary>Gets the length of a coordinate, and of an element of the field, in bytes (RFC 7518, 6.2.1.2).</summary>
    internal int CoordinateBytes { get; }

    /// <summary>Returns whether a point is on the curve: its coordinates are less than p, and y² = x³ − 3x + b (SP 800-186,
    /// 2.1.1).</summary>
    /// <remarks>The curves have the cofactor 1, so every such point has the order of the curve. It is unnecessary to multiply the point by
    /// that order, which is most of the cost of an import (SP 800-56A Rev. 3, 5.6.2.3.4).</remarks>
    internal bool Contains(ReadOnlySpan<byte> x, ReadOnlySpan<byte> y)
    {
        BigInteger px = new(x, isUnsigned: true, isBigEndian: true);
        BigInteger py = new(y, isUnsigned: true, isBigEndian: true);
        return px < _p && py < _p && ((((px * px) - 3) * px) + _b - (py * py)) % _p == BigInteger.Zero;
    }

    private static BigInteger ParseHex(string hex) =>
        BigInteger.Parse("0" + hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
