using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using CertAuth.Der;

namespace CertAuth.Names;

/// <summary>An X.509 distinguished name: an ordered list of RDNs, most significant first (RFC 5280, 4.1.2.4).</summary>
/// <remarks>Two names are equal if they have the same RDNs in the same order. Case, spaces and order are significant; the string type and
/// the order of the attributes within one RDN are not. The text form is for display and configuration: names are never compared as text,
/// and the text can be too long for a log. Immutable. Safe for concurrent use.</remarks>
public sealed class DistinguishedName : IEquatable<DistinguishedName>
{
    private readonly NameMatcher _matcher;

    internal DistinguishedName(ImmutableArray<RelativeDistinguishedName> rdns)
    {
        Rdns = rdns;
        _matcher = new(rdns);
    }

    /// <summary>Gets the RDNs in encoding order. The empty name has none.</summary>
    public ImmutableArray<RelativeDistinguishedName> Rdns { get; }

    /// <summary>Parses the slash form, such as <c>/C=US/O=Example/CN=alice</c>. The empty text is the empty name.</summary>
    /// <remarks>Types are dotted OIDs or short names. The case of a short name matters only if two types differ in nothing else, such as
    /// <c>UID</c> and <c>uid</c>. Inside a value '\', '/' and '+' are escaped by a backslash, and bytes as \xHH or \HH. A '/' or '+' that
    /// is not followed by a type and '=' needs no escape.</remarks>
    /// <param name="text">The text: at most 1,048,576 characters, also in its canonical form, and at most 64 attributes in one RDN.</param>
    /// <param name="name">The name, or null if the text is not one.</param>
    /// <param name="error">The error and its index; no error on success.</param>
    public static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out DistinguishedName? name, out NameError error)
    {
        name = null;
        if (text.Length > NameBounds.MaxTextLength)
        {
            error = new(NameErrorKind.TooLarge, NameBounds.MaxTextLength);
            return false;
        }

        ImmutableArray<RelativeDistinguishedName> rdns = new NameParser(text).Parse(out error);
        if (error.Kind == NameErrorKind.None)
            name = new(rdns);

        // The canonical form escapes characters that may be unescaped in the text, which makes it up to twice as long.
        if (text.Length > NameBounds.MaxTextLength / 2 && name?.ToString().Length > NameBounds.MaxTextLength)
        {
            name = null;
            error = new(NameErrorKind.TooLarge, text.Length);
        }

        return name is not null;
    }

    /// <summary>Parses the slash form, as <see cref="TryParse"/> does.</summary>
    /// <exception cref="FormatException">The text is not a name. The message says why, and at which index.</exception>
    public static DistinguishedName Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TryParse(text, out DistinguishedName? name, out NameError error) ? name : throw new FormatException(error.ToString());
    }

    /// <summary>Parses one DER-encoded Name. Trailing bytes are rejected.</summary>
    /// <param name="der">The SEQUENCE with its tag and length; at most 128 KiB, and at most 64 attributes in one RDN.</param>
    /// <param name="name">The name, or null if it is malformed.</param>
    /// <param name="error">The error and the index of its byte; no error on success.</param>
    public static bool TryParseDer(ReadOnlySpan<byte> der, [NotNullWhen(true)] out DistinguishedName? name, out NameError error)
    {
        ImmutableArray<RelativeDistinguishedName> rdns = NameBuilder.Read(der, out error);
        name = error.Kind == NameErrorKind.None ? new(rdns) : null;
        return name is not null;
    }

    /// <summary>Parses one DER-encoded Name, as <see cref="TryParseDer"/> does.</summary>
    /// <exception cref="FormatException">The data is not a name. The message says why, and at which byte.</exception>
    public static DistinguishedName ParseDer(ReadOnlySpan<byte> der) =>
        TryParseDer(der, out DistinguishedName? name, out NameError error) ? name : throw new FormatException(error.ToString());

    /// <summary>Formats one DER-encoded Name without creating a <see cref="DistinguishedName"/>.</summary>
    /// <param name="der">The SEQUENCE with its tag and length.</param>
    /// <param name="format">The format.</param>
    /// <param name="text">The text, or null if the name is malformed. Only <see cref="NameFormat.OpenSsl3"/> also formats names whose
    /// strings are malformed.</param>
    /// <param name="error">The error and the index of its byte; no error on success.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="format"/> is not a defined value.</exception>
    public static bool TryFormatDer(
        ReadOnlySpan<byte> der, NameFormat format, [NotNullWhen(true)] out string? text, out NameError error)
    {
        text = format switch
        {
            NameFormat.Canonical => CanonicalForm.Format(der, out error),
            NameFormat.OpenSsl3 => OpenSsl3Form.Format(der, out error),
            NameFormat.Tidb => TryParseDer(der, out DistinguishedName? name, out error) ? TidbForm.Format(name.Rdns) : null,
            _ => throw new ArgumentOutOfRangeException(nameof(format), format, "The format is not defined."),
        };
        return text is not null;
    }

    /// <summary>Returns whether the name of a certificate equals this name: the decision behind REQUIRE SUBJECT and ISSUER.</summary>
    /// <remarks>Compares in place and in linear time. The only allocation is one copy of the first name that matches, if it is
    /// short.</remarks>
    /// <param name="encodedName">The SEQUENCE of the certificate with its tag and length. A malformed one never matches.</param>
    internal bool MatchesDer(ReadOnlySpan<byte> encodedName) => _matcher.Matches(encodedName);

    /// <summary>Returns whether the name of a certificate has the RDNs of this name in the same order: the decision behind REQUIRE
    /// SUBJECT_CONTAINS. Compares in place and in linear time, without allocating.</summary>
    /// <param name="encodedName">The SEQUENCE of the certificate with its tag and length. A malformed one never matches.</param>
    internal bool IsContainedInDer(ReadOnlySpan<byte> encodedName) => _matcher.IsContainedIn(encodedName);

    /// <summary>Describes the first RDN of this name that a presented name lacks after the RDNs before it. Returns null if it lacks
    /// none.</summary>
    internal string? ExplainMissing(DistinguishedName presented)
    {
        int matched = 0;
        foreach (RelativeDistinguishedName rdn in presented.Rdns)
        {
            if (matched < Rdns.Length && Rdns[matched].Equals(rdn))
                matched++;
        }

        return matched == Rdns.Length ? null
            : matched == 0 ? $"{Rdns[matched]} is missing"
            : $"{Rdns[matched]} is missing after {Rdns[matched - 1]}";
    }

    /// <summary>Returns whether the bytes are one DER-encoded Name with valid strings. Does not allocate.</summary>
    internal static bool IsWellFormedDer(ReadOnlySpan<byte> encodedName)
    {
        if (!NameReader.TryOpen(encodedName, out NameReader reader))
            return false;

        while (true)
        {
            if (reader.TrySkipValidSingle())
                continue;
            if (!reader.TryRead(out RawAttribute attribute, out NameErrorKind error))
                return error == NameErrorKind.None;
            if (!AttributeText.IsValid(attribute.Tag, attribute.Value))
                return false;
        }
    }

    /// <summary>Returns whether the bytes are the empty name, which has no RDNs.</summary>
    internal static bool IsEmptyDer(ReadOnlySpan<byte> encodedName) => encodedName is [DerTag.Sequence, 0];

    /// <summary>Returns whether all values of a well-formed name are text of printable ASCII characters.</summary>
    internal static bool IsPlainAscii(ReadOnlySpan<byte> encodedName) => TryParseDer(encodedName, out DistinguishedName? name, out _)
        && name.Rdns.All(rdn => rdn.Attributes.All(a => a.IsText && !a.Utf8.AsSpan().ContainsAnyExceptInRange((byte)0x20, (byte)0x7E)));

    /// <summary>Describes the first attribute of a presented name that differs, is missing or is unexpected. Returns null if the names are
    /// equal.</summary>
    /// <param name="presented">The name to compare with this one, which is the required name.</param>
    /// <exception cref="ArgumentNullException"><paramref name="presented"/> is null.</exception>
    public string? ExplainDifference(DistinguishedName presented)
    {
        ArgumentNullException.ThrowIfNull(presented);
        return NameDifference.Explain(Rdns, presented.Rdns);
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

    /// <summary>Returns the canonical slash form, which <see cref="TryParse"/> parses to an equal name. The form of the empty name is the
    /// empty text.</summary>
    public override string ToString() => string.Concat(Rdns.Select(rdn => $"/{rdn}"));
}
