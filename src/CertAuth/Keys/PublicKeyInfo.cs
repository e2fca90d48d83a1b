using System.Numerics;
using CertAuth.Der;
using CertAuth.Keys;

namespace CertAuth.Certificates;

/// <summary>The kind and size of a public key, as a certificate states them. The key is not imported.</summary>
/// <remarks>The default value is a key of unknown kind. Equal if all properties are equal.</remarks>
public readonly record struct PublicKeyInfo
{
    internal PublicKeyInfo(PublicKeyKind kind, int bits, string? curve)
    {
        Kind = kind;
        Bits = bits;
        Curve = curve;
    }

    /// <summary>Gets the kind of key.</summary>
    public PublicKeyKind Kind { get; }

    /// <summary>Gets the number of bits of the RSA modulus or of the curve's field; 0 if it is unknown.</summary>
    public int Bits { get; }

    /// <summary>Gets the name of the curve: <c>P-256</c>, <c>P-384</c> or <c>P-521</c>. Null for other curves and other kinds of
    /// key.</summary>
    public string? Curve { get; }

    /// <summary>Returns the kind and size of the key, such as <c>RSA 2048</c> or <c>EC P-256</c>.</summary>
    public override string ToString() => Kind switch
    {
        PublicKeyKind.Rsa => $"RSA {Bits}",
        PublicKeyKind.Ec => $"EC {Curve ?? "(other curve)"}",
        PublicKeyKind.Dsa => "DSA",
        PublicKeyKind.EdDsa => "EdDSA",
        _ => "unknown key",
    };

    /// <summary>Reads a SubjectPublicKeyInfo, tag and length included.</summary>
    internal static PublicKeyInfo Read(ReadOnlySpan<byte> subjectPublicKeyInfo) => Read(subjectPublicKeyInfo, out _);

    /// <summary>Reads a SubjectPublicKeyInfo, tag and length included, and the exponent of an RSA key.</summary>
    /// <param name="subjectPublicKeyInfo">The key as the certificate encodes it.</param>
    /// <param name="rsaExponent">The RSA public exponent; 0 for other kinds of key, and if it has more than 32 bits.</param>
    internal static PublicKeyInfo Read(ReadOnlySpan<byte> subjectPublicKeyInfo, out uint rsaExponent)
    {
        rsaExponent = 0;
        DerReader outer = new(subjectPublicKeyInfo);
        outer.TryRead(DerTag.Sequence, out ReadOnlySpan<byte> body);
        DerReader parts = new(body);
        if (!parts.TryRead(DerTag.Sequence, out ReadOnlySpan<byte> algorithm)
            || !parts.TryRead(DerTag.BitString, out ReadOnlySpan<byte> key) || key is not [0, ..] || !parts.IsEmpty)
        {
            return default;
        }

        DerReader identifier = new(algorithm);
        identifier.TryRead(DerTag.ObjectIdentifier, out ReadOnlySpan<byte> oid);
        if (oid.SequenceEqual(KeyOids.RsaEncryption))
        {
            bool isNull = identifier.TryRead(DerTag.Null, out ReadOnlySpan<byte> parameters) && parameters.IsEmpty && identifier.IsEmpty;
            return isNull ? ReadRsa(key[1..], out rsaExponent) : default;
        }

        if (oid.SequenceEqual(KeyOids.EcPublicKey))
        {
            // Explicit curves have no object identifier.
            bool isNamed = identifier.TryRead(DerTag.ObjectIdentifier, out ReadOnlySpan<byte> curve) && identifier.IsEmpty;
            return isNamed && NamedCurve.FindByOid(curve) is { } known
                ? new(PublicKeyKind.Ec, known.Bits, known.Name)
                : new(PublicKeyKind.Ec, 0, null);
        }

        return oid.SequenceEqual(KeyOids.Dsa) ? new(PublicKeyKind.Dsa, 0, null)
            : oid.SequenceEqual(KeyOids.Ed25519) || oid.SequenceEqual(KeyOids.Ed448) ? new(PublicKeyKind.EdDsa, 0, null)
            : default;
    }

    // RSAPublicKey ::= SEQUENCE { modulus INTEGER, publicExponent INTEGER }
    private static PublicKeyInfo ReadRsa(ReadOnlySpan<byte> key, out uint exponent)
    {
        exponent = 0;
        DerReader outer = new(key);
        if (!outer.TryRead(DerTag.Sequence, out ReadOnlySpan<byte> body) || !outer.IsEmpty)
            return default;

        DerReader parts = new(body);
        if (!parts.TryRead(DerTag.Integer, out ReadOnlySpan<byte> modulus) || !DerInteger.IsValid(modulus) || modulus[0] >= 0x80
            || !parts.TryRead(DerTag.Integer, out ReadOnlySpan<byte> e) || !DerInteger.IsValid(e) || e[0] >= 0x80
            || !parts.IsEmpty)
        {
            return default;
        }

        ReadOnlySpan<byte> magnitude = modulus.TrimStart((byte)0);
        int bits = magnitude.IsEmpty ? 0 : (magnitude.Length * 8) - CountLeadingZeros(magnitude[0]);
        exponent = ReadExponent(e.TrimStart((byte)0));
        return new(PublicKeyKind.Rsa, bits, null);
    }

    private static uint ReadExponent(ReadOnlySpan<byte> magnitude)
    {
        if (magnitude.Length > sizeof(uint))
            return 0;

        uint exponent = 0;
        foreach (byte b in magnitude)
            exponent = (exponent << 8) | b;
        return exponent;
    }

    private static int CountLeadingZeros(byte b) => BitOperations.LeadingZeroCount((uint)b) - 24;
}
