using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using CertAuth.Der;

namespace CertAuth.Keys;

/// <summary>An elliptic curve whose keys are used, in certificates (RFC 5480, 2.1.1.1) and in JSON Web Keys (RFC 7518, 6.2.1.1).</summary>
/// <remarks>Immutable; safe for concurrent use.</remarks>
internal sealed class NamedCurve
{
    private readonly byte[] _oid;
    private readonly string _p;
    private readonly string _b;

    // Created at the first check of a point, so that an application without JWK sets does not load big integers.
    private CurveEquation? _equation;

    private NamedCurve(string name, ReadOnlySpan<byte> oid, ECCurve curve, int bits, string p, string b)
    {
        (Name, Curve, Bits) = (name, curve, bits);
        (_oid, _p, _b) = (oid.ToArray(), p, b);
    }

    /// <summary>Gets the curve P-256 (SP 800-186, 3.2.1.3).</summary>
    internal static NamedCurve P256 { get; } = new(
        "P-256",
        CurveOids.P256,
        ECCurve.NamedCurves.nistP256,
        256,
        "FFFFFFFF00000001000000000000000000000000FFFFFFFFFFFFFFFFFFFFFFFF",
        "5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B");

    /// <summary>Gets the curve P-384 (SP 800-186, 3.2.1.4).</summary>
    internal static NamedCurve P384 { get; } = new(
        "P-384",
        CurveOids.P384,
        ECCurve.NamedCurves.nistP384,
        384,
        "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEFFFFFFFF0000000000000000FFFFFFFF",
        "B3312FA7E23EE7E4988E056BE3F82D19181D9C6EFE8141120314088F5013875AC656398D8A2ED19D2A85C8EDD3EC2AEF");

    /// <summary>Gets the curve P-521 (SP 800-186, 3.2.1.5).</summary>
    internal static NamedCurve P521 { get; } = new(
        "P-521",
        CurveOids.P521,
        ECCurve.NamedCurves.nistP521,
        521,
        "01FF" + new string('F', 128),
        "0051953EB9618E1C9A1F929A21A0B68540EEA2DA725B99B315F3B8B489918EF109E1"
            + "56193951EC7E937B1652C0BD3BB1BF073573DF883D2C34F1EF451FD46B503F00");

    private static ImmutableArray<NamedCurve> All { get; } = [P256, P384, P521];

    /// <summary>Gets the name, which is also the value of <c>crv</c>.</summary>
    internal string Name { get; }

    internal ECCurve Curve { get; }

    /// <summary>Gets the size of the field in bits.</summary>
    internal int Bits { get; }

    /// <summary>Gets the length of a coordinate, and of an element of the field, in bytes (RFC 7518, 6.2.1.2).</summary>
    internal int FieldBytes => (Bits + 7) / 8;

    /// <summary>Finds a curve by the DER content of its object identifier; null if there is none.</summary>
    internal static NamedCurve? FindByOid(ReadOnlySpan<byte> oid)
    {
        foreach (NamedCurve curve in All)
        {
            if (oid.SequenceEqual(curve._oid))
                return curve;
        }

        return null;
    }

    /// <summary>Finds a curve by its exact name in UTF-8; null if there is none.</summary>
    internal static NamedCurve? FindByName(ReadOnlySpan<byte> name)
    {
        foreach (NamedCurve curve in All)
        {
            if (Ascii.Equals(name, curve.Name))
                return curve;
        }

        return null;
    }

    /// <summary>Returns whether a point is on the curve.</summary>
    /// <remarks>The curves have the cofactor 1, so every such point has the order of the curve. It is unnecessary to multiply the point by
    /// that order, which is most of the cost of an import (SP 800-56A Rev. 3, 5.6.2.3.4).</remarks>
    internal bool Contains(ReadOnlySpan<byte> x, ReadOnlySpan<byte> y) => (_equation ??= new(_p, _b)).Contains(x, y);
}
