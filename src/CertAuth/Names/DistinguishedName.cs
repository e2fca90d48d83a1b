using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace CertAuth.Names;

/// <summary>An X.509 distinguished name: an ordered list of RDNs, most significant first (RFC 5280, 4.1.2.4).</summary>
/// <remarks>Equal when both have the same RDNs in the same order; case, spaces and order all count, the string type and the order of the attributes
/// within one RDN don't. Its text is for people and for configuration, is never compared and isn't bounded for a log line. Immutable; safe for concurrent use.</remarks>
public sealed class DistinguishedName : IEquatable<DistinguishedName>
{
    /// <summary>Longest encoded name that is read, in octets: as long as a certificate may be.</summary>
    internal const int MaxEncodedLength = 128 * 1024;

    /// <summary>Longest text that is read, in UTF-16 code units. An octet prints as 8 at the most, and so every encoded name prints as less.</summary>
    internal const int MaxTextLength = 8 * MaxEncodedLength;

    private readonly NameMatcher _matcher;

    internal DistinguishedName(ImmutableArray<RelativeDistinguishedName> rdns)
    {
        Rdns = rdns;
        _matcher = new(rdns);
    }

    /// <summary>The RDNs, in encoding order; none for the empty name.</summary>
    public ImmutableArray<RelativeDistinguishedName> Rdns { get; }

    /// <summary>Reads the slash form, such as <c>/C=US/O=Example/CN=alice</c>; the empty text is the empty name.</summary>
    /// <remarks>Types are short names in any case or dotted OIDs. Inside a value '\', '/' and '+' are escaped by a backslash, octets as \xHH or \HH;
    /// a '/' or '+' that no type and '=' follow may stand as it is.</remarks>
    /// <param name="text">At most 1,048,576 characters, in canonical form too, and at most 64 attributes in one RDN.</param>
    /// <param name="name">The name, or null.</param>
    /// <param name="error">What is wrong, and where; no error on success.</param>
    public static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out DistinguishedName? name, out NameError error)
    {
        name = null;
        if (text.Length > MaxTextLength)
        {
            error = new(NameErrorKind.TooLarge, MaxTextLength);
            return false;
        }

        ImmutableArray<RelativeDistinguishedName> rdns = new NameParser(text).Parse(out error);
        if (error.Kind == NameErrorKind.None)
            name = new(rdns);

        // The canonical form escapes what may stand unescaped: up to two characters for one.
        if (text.Length > MaxTextLength / 2 && name?.ToString().Length > MaxTextLength)
        {
            name = null;
            error = new(NameErrorKind.TooLarge, text.Length);
        }

        return name is not null;
    }

    /// <summary>Reads the slash form, as <see cref="TryParse"/> does.</summary>
    /// <exception cref="FormatException">The text is not a name; the message says why and where.</exception>
    public static DistinguishedName Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TryParse(text, out DistinguishedName? name, out NameError error) ? name : throw new FormatException(error.ToString());
    }

    /// <summary>Reads one DER-encoded Name, left-over octets refused.</summary>
    /// <param name="encodedName">The SEQUENCE, its tag and length included; at most 128 KiB, and at most 64 attributes in one RDN.</param>
    /// <param name="name">The name, or null.</param>
    /// <param name="error">What is wrong, and at which octet; no error on success.</param>
    public static bool TryReadDer(ReadOnlySpan<byte> encodedName, [NotNullWhen(true)] out DistinguishedName? name, out NameError error)
    {
        ImmutableArray<RelativeDistinguishedName> rdns = NameBuilder.Read(encodedName, out error);
        name = error.Kind == NameErrorKind.None ? new(rdns) : null;
        return name is not null;
    }

    /// <summary>Prints one DER-encoded Name in a form, without making an object of it.</summary>
    /// <param name="encodedName">The SEQUENCE, its tag and length included.</param>
    /// <param name="format">The form.</param>
    /// <param name="text">The text, or null. <see cref="NameFormat.OpenSsl3"/> prints names whose strings are malformed, too; the others don't.</param>
    /// <param name="error">What is wrong, and at which octet; no error on success.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="format"/> is no defined form.</exception>
    public static bool TryFormatDer(
        ReadOnlySpan<byte> encodedName, NameFormat format, [NotNullWhen(true)] out string? text, out NameError error)
    {
        text = format switch
        {
            NameFormat.Canonical => CanonicalForm.Format(encodedName, out error),
            NameFormat.OpenSsl3 => OpenSsl3Form.Format(encodedName, out error),
            NameFormat.Tidb => TryReadDer(encodedName, out DistinguishedName? name, out error) ? TidbForm.Format(name) : null,
            _ => throw new ArgumentOutOfRangeException(nameof(format), format, "No such form."),
        };
        return text is not null;
    }

    /// <summary>Whether a certificate's name is this one: the decision behind REQUIRE SUBJECT and ISSUER.</summary>
    /// <remarks>Compares in place, allocates nothing but once a copy of the first name that matches, and is linear in the length of the name.</remarks>
    /// <param name="encodedName">The SEQUENCE of the certificate, its tag and length included; a malformed one never matches.</param>
    public bool MatchesDer(ReadOnlySpan<byte> encodedName) => _matcher.Matches(encodedName);

    /// <summary>Whether octets are one DER-encoded Name with valid strings. Allocates nothing.</summary>
    internal static bool IsWellFormedDer(ReadOnlySpan<byte> encodedName)
    {
        if (!NameReader.TryOpen(encodedName, out NameReader reader))
            return false;

        NameErrorKind error;
        while (reader.TryRead(out RawAttribute attribute, out error))
        {
            if (!AttributeText.IsValid(attribute.Tag, attribute.Value))
                return false;
        }

        return error == NameErrorKind.None;
    }

    /// <summary>Whether all values of a well-formed name are text of printable ASCII characters.</summary>
    internal static bool IsPlainAscii(ReadOnlySpan<byte> encodedName) => TryReadDer(encodedName, out DistinguishedName? name, out _)
        && name.Rdns.All(rdn => rdn.Attributes.All(a => a.IsText && !a.Utf8.AsSpan().ContainsAnyExceptInRange((byte)0x20, (byte)0x7E)));

    /// <summary>Where a presented name parts from this one: the first attribute that differs, is missing or is too many; null when they are equal.</summary>
    public string? ExplainDifference(DistinguishedName presented)
    {
        ArgumentNullException.ThrowIfNull(presented);
        return NameDifference.Explain(this, presented);
    }

    /// <inheritdoc/>
    public bool Equals(DistinguishedName? other) => other is not null && Rdns.AsSpan().SequenceEqual(other.Rdns.AsSpan());

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as DistinguishedName);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        HashCode hash = default;
        foreach (RelativeDistinguishedName rdn in Rdns)
            hash.Add(rdn);
        return hash.ToHashCode();
    }

    /// <summary>The canonical slash form, which <see cref="TryParse"/> reads back to an equal name; empty for the empty name.</summary>
    public override string ToString() => string.Concat(Rdns.Select(rdn => $"/{rdn}"));
}
