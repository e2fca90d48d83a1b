namespace CertAuth.Testing;

/// <summary>One level of a name: usually one attribute, several in a multi-valued one.</summary>
/// <remarks>Immutable; safe to share between threads.</remarks>
public sealed class TestRdn
{
    private readonly byte[] _encoded;

    /// <summary>A level with its attributes sorted as DER asks for (X.690, 11.6). None at all gives an empty SET, which is
    /// malformed.</summary>
    public TestRdn(params ReadOnlySpan<TestNameAttribute> attributes)
        : this(TestRdnOrder.Der, attributes)
    {
    }

    /// <summary>A level with its attributes in the given order.</summary>
    public TestRdn(TestRdnOrder order, params ReadOnlySpan<TestNameAttribute> attributes)
    {
        List<byte[]> encoded = [];
        foreach (TestNameAttribute attribute in attributes)
            encoded.Add(attribute.Encode());
        if (order == TestRdnOrder.Der)
            encoded.Sort((left, right) => left.AsSpan().SequenceCompareTo(right));
        _encoded = Tlv.Encode(Tlv.SetTag, [.. encoded]);
    }

    /// <summary>The DER of the level: a SET of attributes.</summary>
    public byte[] Encode() => [.. _encoded];
}

/// <summary>How the attributes of a multi-valued level are ordered.</summary>
public enum TestRdnOrder
{
    /// <summary>Sorted by their encoding, as DER asks for.</summary>
    Der = 0,

    /// <summary>As written, which may not be DER; OpenSSL's older versions made such names.</summary>
    AsWritten = 1,
}
