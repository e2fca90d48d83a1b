namespace CertAuth.Testing;

/// <summary>An X.501 name for a test certificate, well-formed or deliberately not.</summary>
/// <remarks>Immutable; safe for concurrent use.</remarks>
public sealed class TestName
{
    private readonly byte[] _encoded;

    private TestName(byte[] encoded) => _encoded = encoded;

    /// <summary>Creates a name of single-valued RDNs, most significant first: <c>TestName.Of(("C", "US"), ("O", "Org"), ("CN",
    /// "bob"))</c>.</summary>
    /// <param name="attributes">The types and values, as for <see cref="TestNameAttribute(string, string, TestStringType)"/>; none for the
    /// empty name.</param>
    /// <exception cref="ArgumentException">A type is unknown, or the default string type of the attribute type cannot encode its
    /// value.</exception>
    public static TestName Of(params ReadOnlySpan<(string Type, string Value)> attributes)
    {
        List<TestRdn> rdns = [];
        foreach ((string type, string value) in attributes)
            rdns.Add(new TestRdn(new TestNameAttribute(type, value)));
        return FromRdns([.. rdns]);
    }

    /// <summary>Creates a name of the given RDNs, most significant first.</summary>
    public static TestName FromRdns(params ReadOnlySpan<TestRdn> rdns)
    {
        List<byte[]> encoded = [];
        foreach (TestRdn rdn in rdns)
            encoded.Add(rdn.Encode());
        return new(Tlv.Sequence([.. encoded]));
    }

    /// <summary>Creates a name from arbitrary bytes, which are copied and not checked.</summary>
    public static TestName FromDer(ReadOnlySpan<byte> der) => new(der.ToArray());

    /// <summary>Returns the name as DER.</summary>
    public byte[] Encode() => [.. _encoded];
}
