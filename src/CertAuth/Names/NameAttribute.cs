using System.Text;
using CertAuth.Der;

namespace CertAuth.Names;

/// <summary>One attribute of a distinguished name: a type and a value (AttributeTypeAndValue, RFC 5280, 4.1.2.4).</summary>
/// <remarks>Two attributes are equal if their types are the same object identifier and their values the same Unicode text, compared
/// ordinally and regardless of the string type. A value that is not text equals only the same DER. Immutable. Safe for concurrent
/// use.</remarks>
public sealed class NameAttribute : IEquatable<NameAttribute>
{
    private NameAttribute(byte[] oid, byte[] utf8, byte[] encodedBytes)
    {
        OidBytes = oid;
        Utf8 = utf8;
        EncodedBytes = encodedBytes;
        IsAscii = IsText && Ascii.IsValid(utf8);
        Latin1 = IsText ? ToLatin1(utf8) : null;
    }

    /// <summary>Gets the type as a dotted object identifier, such as <c>2.5.4.3</c>.</summary>
    public string Oid => DerOid.Format(OidBytes);

    /// <summary>Gets the type as in the canonical form: OpenSSL's short name, such as <c>CN</c>, or the dotted object identifier if there
    /// is none.</summary>
    public string Type => AttributeTypes.Format(OidBytes);

    /// <summary>Gets the value as text, or null if its ASN.1 type is not text.</summary>
    public string? Value => IsText ? Encoding.UTF8.GetString(Utf8) : null;

    /// <summary>Gets the value as DER with its tag and length if it is not text; otherwise, empty.</summary>
    public ReadOnlyMemory<byte> EncodedValue => EncodedBytes;

    internal byte[] OidBytes { get; }

    /// <summary>The text; empty if the value is not text.</summary>
    internal byte[] Utf8 { get; }

    /// <summary>The DER of a value that is not text; otherwise, empty.</summary>
    internal byte[] EncodedBytes { get; }

    internal bool IsText => EncodedBytes.Length == 0;

    internal bool IsAscii { get; }

    /// <summary>The text in ISO 8859-1, or null if it contains other characters.</summary>
    internal byte[]? Latin1 { get; }

    /// <inheritdoc/>
    public bool Equals(NameAttribute? other) => other is not null && OidBytes.AsSpan().SequenceEqual(other.OidBytes)
        && Utf8.AsSpan().SequenceEqual(other.Utf8) && EncodedBytes.AsSpan().SequenceEqual(other.EncodedBytes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as NameAttribute);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        HashCode hash = default;
        hash.AddBytes(OidBytes);
        hash.AddBytes(Utf8);
        hash.AddBytes(EncodedBytes);
        return hash.ToHashCode();
    }

    /// <summary>Returns the attribute in canonical form, such as <c>CN=alice</c>.</summary>
    public override string ToString() => CanonicalForm.FormatAttribute(OidBytes, Value, EncodedBytes);

    internal static NameAttribute FromText(byte[] oid, byte[] utf8) => new(oid, utf8, []);

    internal static NameAttribute FromDer(byte[] oid, byte[] encodedValue) => new(oid, [], encodedValue);

    /// <summary>Creates an attribute from a certificate. Returns null if the value is not valid for its type.</summary>
    internal static NameAttribute? FromCertificate(RawAttribute raw)
    {
        if (!AttributeText.IsDerTag(raw.Tag))
            return null;
        if (!AttributeText.IsText(raw.Tag))
            return FromDer(raw.Oid.ToArray(), raw.EncodedValue.ToArray());

        char[] text = new char[raw.Value.Length];
        return AttributeText.TryDecode(raw.Tag, raw.Value, text, out int written)
            ? FromText(raw.Oid.ToArray(), Encoding.UTF8.GetBytes(text, 0, written))
            : null;
    }

    /// <summary>Returns whether a presented attribute has the same type and the same value: the same text in any string type or, if its
    /// type is not text, the same DER. Does not allocate.</summary>
    internal bool Matches(in RawAttribute presented) => presented.Oid.SequenceEqual(OidBytes) && presented.Tag switch
    {
        // The required bytes are valid UTF-8 or ASCII, so equal bytes are valid as well.
        DerTag.Utf8String => IsText && presented.Value.SequenceEqual(Utf8),
        DerTag.PrintableString or DerTag.Ia5String or DerTag.NumericString or DerTag.VisibleString =>
            IsAscii && presented.Value.SequenceEqual(Utf8),
        DerTag.T61String => Latin1 is { } latin1 && presented.Value.SequenceEqual(latin1),
        DerTag.BmpString => IsText && AttributeText.EqualsRunes(Utf8, presented.Value, bytesPerUnit: 2),
        DerTag.UniversalString => IsText && AttributeText.EqualsRunes(Utf8, presented.Value, bytesPerUnit: 4),
        _ => !IsText && presented.EncodedValue.SequenceEqual(EncodedBytes),
    };

    private static byte[]? ToLatin1(byte[] utf8)
    {
        string text = Encoding.UTF8.GetString(utf8);
        return text.AsSpan().ContainsAnyExceptInRange('\0', '\u00FF') ? null : Encoding.Latin1.GetBytes(text);
    }
}
