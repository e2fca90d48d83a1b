namespace CertAuth.Testing;

/// <summary>A certificate extension with an unchecked value. Two extensions of one type make a certificate with a duplicate
/// extension.</summary>
/// <remarks>Immutable; safe for concurrent use.</remarks>
public sealed class TestExtension
{
    private readonly byte[] _encoded;

    /// <summary>Creates an extension.</summary>
    /// <param name="oid">The dotted OID of the type, such as 2.5.29.17 for subjectAltName.</param>
    /// <param name="critical">true if a reader that does not know the type must reject the certificate; otherwise, false.</param>
    /// <param name="derValue">The value as DER, or any other bytes. The constructor adds the enclosing OCTET STRING.</param>
    /// <exception cref="ArgumentException"><paramref name="oid"/> is not a dotted OID.</exception>
    public TestExtension(string oid, bool critical, ReadOnlySpan<byte> derValue)
    {
        ArgumentNullException.ThrowIfNull(oid);
        byte[] value = Tlv.OctetString(derValue.ToArray());

        // X.690, 11.5: a DEFAULT value, here FALSE, is omitted.
        _encoded = critical ? Tlv.Sequence(Tlv.Oid(oid), Tlv.Boolean(true), value) : Tlv.Sequence(Tlv.Oid(oid), value);
    }

    /// <summary>Returns the whole extension as DER.</summary>
    public byte[] Encode() => [.. _encoded];
}
