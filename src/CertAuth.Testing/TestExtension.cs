namespace CertAuth.Testing;

/// <summary>A certificate extension with a value that nobody checks. Passing two of one type makes a certificate that has it
/// twice.</summary>
/// <remarks>Immutable; safe to share between threads.</remarks>
public sealed class TestExtension
{
    private readonly byte[] _encoded;

    /// <summary>An extension.</summary>
    /// <param name="oid">The dotted OID of its type, such as 2.5.29.17 for subjectAltName.</param>
    /// <param name="critical">Whether a reader that doesn't know the type must refuse the certificate.</param>
    /// <param name="derValue">The value's DER, or any octets in its place; the OCTET STRING around it is added.</param>
    /// <exception cref="ArgumentException"><paramref name="oid"/> isn't a dotted OID.</exception>
    public TestExtension(string oid, bool critical, ReadOnlySpan<byte> derValue)
    {
        ArgumentNullException.ThrowIfNull(oid);
        byte[] value = Tlv.OctetString(derValue.ToArray());

        // X.690, 11.5: a DEFAULT value, here FALSE, is left out.
        _encoded = critical ? Tlv.Sequence(Tlv.Oid(oid), Tlv.Boolean(true), value) : Tlv.Sequence(Tlv.Oid(oid), value);
    }

    /// <summary>The DER of the whole extension.</summary>
    public byte[] Encode() => [.. _encoded];
}
