namespace CertAuth.Testing;

/// <summary>An X.501 name for a test certificate, well-formed or deliberately not.</summary>
/// <remarks>Immutable; safe to share between threads.</remarks>
public sealed class TestName
{
    private readonly byte[] _encoded;

    private TestName(byte[] encoded) => _encoded = encoded;

    /// <summary>A name of single-valued levels, most significant first: <c>TestName.Of(("C", "US"), ("O", "Org"), ("CN",
    /// "bob"))</c>.</summary>
    /// <param name="attributes">Types and values as <see cref="TestNameAttribute(string, string, TestStringType)"/> takes them; none give the empty
    /// name.</param>
    /// <exception cref="ArgumentException">A type is unknown, or a value doesn't fit the type's default string type.</exception>
    public static TestName Of(params ReadOnlySpan<(string Type, string Value)> attributes)
    {
        List<TestRdn> rdns = [];
        foreach ((string type, string value) in attributes)
            rdns.Add(new TestRdn(new TestNameAttribute(type, value)));
        return FromRdns([.. rdns]);
    }

    /// <summary>A name of the given levels, most significant first.</summary>
    public static TestName FromRdns(params ReadOnlySpan<TestRdn> rdns)
    {
        List<byte[]> encoded = [];
        foreach (TestRdn rdn in rdns)
            encoded.Add(rdn.Encode());
        return new(Tlv.Sequence([.. encoded]));
    }

    /// <summary>Any octets (copied) in a name's place; nothing is checked.</summary>
    public static TestName FromDer(ReadOnlySpan<byte> der) => new(der.ToArray());

    /// <summary>The DER of the name.</summary>
    public byte[] Encode() => [.. _encoded];
}
