namespace CertAuth.Names;

/// <summary>One attribute, as it is encoded in a certificate.</summary>
/// <param name="oid">The DER content of the object identifier of the type.</param>
/// <param name="tag">The tag of the value.</param>
/// <param name="value">The content of the value.</param>
/// <param name="encodedValue">The value with its tag and length.</param>
/// <param name="startsRdn">Whether it is the first attribute of its RDN.</param>
internal readonly ref struct RawAttribute(
    ReadOnlySpan<byte> oid, byte tag, ReadOnlySpan<byte> value, ReadOnlySpan<byte> encodedValue, bool startsRdn)
{
    internal ReadOnlySpan<byte> Oid { get; } = oid;

    internal byte Tag { get; } = tag;

    internal ReadOnlySpan<byte> Value { get; } = value;

    internal ReadOnlySpan<byte> EncodedValue { get; } = encodedValue;

    internal bool StartsRdn { get; } = startsRdn;
}
