using System.Numerics;
using System.Security.Cryptography;
using CertAuth.Keys;

namespace CertAuth.Tests.Keys;

/// <summary>The check whether a point is on its curve, compared with the import of the platform.</summary>
public sealed class NamedCurveTests
{
    private const int Points = 30;

    public static TheoryData<string> Names => ["P-256", "P-384", "P-521"];

    [Theory, MemberData(nameof(Names))]
    public void Contains_MatchesTheImportOfThePlatform(string name)
    {
        NamedCurve curve = GetCurve(name);
        using ECDsa any = ECDsa.Create(curve.Curve);
        BigInteger p = new(any.ExportExplicitParameters(includePrivateParameters: false).Curve.Prime, isUnsigned: true, isBigEndian: true);
        List<bool> verdicts = [];

        for (int i = 0; i < Points; i++)
        {
            foreach ((BigInteger x, BigInteger y) in GetNeighbors(curve, p))
            {
                byte[] px = Coordinate(x, curve), py = Coordinate(y, curve);
                bool isOn = curve.Contains(px, py);

                isOn.Should().Be(IsImported(curve, px, py), "x is {0:X} and y is {1:X}", x, y);
                verdicts.Add(isOn);
            }
        }

        verdicts.Should().Contain(true).And.Contain(false);
    }

    [Theory, MemberData(nameof(Names))]
    public void Contains_UsesTheParametersOfThePlatform(string name)
    {
        NamedCurve curve = GetCurve(name);
        using ECDsa key = ECDsa.Create(curve.Curve);
        ECCurve parameters = key.ExportExplicitParameters(includePrivateParameters: false).Curve;

        curve.Name.Should().Be(name);
        curve.FieldBytes.Should().Be(parameters.Prime!.Length);
        curve.Contains(parameters.G.X, parameters.G.Y).Should().BeTrue();

        // Each point except infinity has the order of the curve, so it is unnecessary to multiply the point by that order.
        parameters.Cofactor.Should().Equal(1);
    }

    private static NamedCurve GetCurve(string name) => name switch
    {
        "P-256" => NamedCurve.P256,
        "P-384" => NamedCurve.P384,
        "P-521" => NamedCurve.P521,
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "No such curve."),
    };

    // A point, its negative, points next to it, and numbers that are congruent to its coordinates but not less than p.
    private static IEnumerable<(BigInteger X, BigInteger Y)> GetNeighbors(NamedCurve curve, BigInteger p)
    {
        using ECDsa key = ECDsa.Create(curve.Curve);
        ECPoint point = key.ExportParameters(includePrivateParameters: false).Q;
        BigInteger x = new(point.X, isUnsigned: true, isBigEndian: true);
        BigInteger y = new(point.Y, isUnsigned: true, isBigEndian: true);
        BigInteger limit = BigInteger.One << (8 * curve.FieldBytes);
        (BigInteger X, BigInteger Y)[] all =
        [
            (x, y), (x, p - y), (x, y + 1), (x + 1, y), (y, x), (x, 0), (0, y), (0, 0), (x, p), (p, y),
            (limit - 1, y), (x, limit - 1), (x + p, y), (x, y + p),
        ];
        return all.Where(pair => pair.X < limit && pair.Y < limit);
    }

    private static byte[] Coordinate(BigInteger number, NamedCurve curve)
    {
        byte[] bytes = new byte[curve.FieldBytes];
        byte[] minimal = number.ToByteArray(isUnsigned: true, isBigEndian: true);
        minimal.CopyTo(bytes.AsSpan(bytes.Length - minimal.Length));
        return bytes;
    }

    private static bool IsImported(NamedCurve curve, byte[] x, byte[] y)
    {
        try
        {
            using ECDsa key = ECDsa.Create(new ECParameters { Curve = curve.Curve, Q = new() { X = x, Y = y } });
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}
