namespace CertAuth.Testing;

/// <summary>A relative distinguished name: one attribute, or several if it is multi-valued.</summary>
/// <remarks>Immutable; safe for concurrent use.</remarks>
public sealed class TestRdn
{
    private readonly byte[] _encoded;

    /// <summary>Creates an RDN with its attributes sorted as DER requires (X.690, 11.6). No attributes make an empty SET, which is
    /// malformed.</summary>
    public TestRdn(params ReadOnlySpan<TestNameAttribute> attributes)
        : this(TestRdnOrder.Der, attributes)
    {
    }

    /// <summary>Creates an RDN with its attributes in the given order.</summary>
    public TestRdn(TestRdnOrder order, params ReadOnlySpan<TestNameAttribute> attributes)
    {
        List<byte[]> encoded = [];
        foreach (TestNameAttribute attribute in attributes)
            encoded.Add(attribute.Encode());
        if (order == TestRdnOrder.Der)
            encoded.Sort((left, right) => left.AsSpan().SequenceCompareTo(right));
        _encoded = Tlv.Encode(Tlv.SetTag, [.. encoded]);
    }

    /// <summary>Returns the RDN as DER: a SET of attributes.</summary>
    public byte[] Encode() => [.. _encoded];
}

/// <summary>The order of the attributes of a multi-valued RDN.</summary>
public enum TestRdnOrder
{
    /// <summary>Sorted by their encoding, as DER requires.</summary>
    Der = 0,

    /// <summary>In the order of the arguments, which may violate DER. Older versions of OpenSSL wrote such names.</summary>
    AsWritten = 1,
}
