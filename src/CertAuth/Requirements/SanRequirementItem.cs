using CertAuth.Certificates;

namespace CertAuth.Requirements;

/// <summary>One required subject alternative name: a URI, a DNS name, an IP address or an email address.</summary>
/// <remarks>
/// <code>
/// Required            Presented           Match  Why
/// DNS:db.test         DNS DB.test         yes    DNS names are compared without regard to ASCII case (RFC 4343)
/// DNS:db.test         DNS *.test          no     a * in a DNS name is an ordinary character
/// DNS:*.test          DNS *.test          yes    the names are equal
/// URI:spiffe://a/b    URI spiffe://a/B    no     URIs are case-sensitive
/// URI:spiffe://a/*    URI spiffe://a/b    yes    a path segment * matches any one segment
/// IP:2001:DB8::1      16 bytes            yes    addresses are compared as bytes
/// IP:10.0.0.1         ::ffff:10.0.0.1     no     an IPv4 address differs from its IPv4-mapped IPv6 address
/// EMAIL:a@db.test     rfc822Name a@DB.test yes   the domain is compared without regard to ASCII case (RFC 5280, 7.5)
/// EMAIL:a@db.test     rfc822Name A@db.test no    the local part is compared byte for byte
/// </code>
/// Two items are equal if their kinds and bytes are equal; DNS names and the domains of email addresses are compared without regard to
/// ASCII case. Immutable; safe for
/// concurrent use.
/// </remarks>
public sealed class SanRequirementItem : IEquatable<SanRequirementItem>
{
    private readonly SanType _type;
    private readonly byte[] _bytes;
    private readonly UriPattern? _pattern;

    internal SanRequirementItem(SanType type, byte[] bytes)
    {
        _type = type;
        _bytes = bytes;
        _pattern = Kind == SanKind.Uri ? UriPattern.CreateOrNull(bytes) : null;
    }

    /// <summary>Gets the kind of name: <see cref="SanKind.Uri"/>, <see cref="SanKind.Dns"/>, <see cref="SanKind.IpAddress"/> or
    /// <see cref="SanKind.Email"/>.</summary>
    public SanKind Kind => _type.Kind;

    /// <summary>Gets the name as it was written; for an IP address, the canonical form (RFC 5952 for IPv6).</summary>
    public string Value => _type.Format(_bytes)!;

    /// <summary>Gets a value that indicates whether the item is a URI of the form <c>scheme://authority/path</c> with a path segment that
    /// is exactly <c>*</c>.</summary>
    /// <remarks>Such a segment matches exactly one segment of the characters that RFC 3986, 3.3 allows. It does not match an empty segment,
    /// a dot segment, or a segment with an encoded slash, backslash or NUL.</remarks>
    public bool HasWildcard => _pattern is not null;

    /// <inheritdoc/>
    public bool Equals(SanRequirementItem? other) => other is not null && _type == other._type && _type.AreEqual(_bytes, other._bytes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as SanRequirementItem);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Kind, StringComparer.OrdinalIgnoreCase.GetHashCode(Value));

    /// <summary>Returns the item as in a requirement, such as <c>DNS:db.example</c>. Commas and backslashes are escaped.</summary>
    public override string ToString() => $"{_type.RequiredLabel}:{SanType.Escape(Value)}";

    /// <summary>Determines whether a name satisfies this item, by the rules of the table above.</summary>
    /// <remarks>It compares two names and does not verify the certificate that contains the name. To decide a login, use
    /// <see cref="SanRequirement.IsMetBy(VerifiedCertificate)"/>.</remarks>
    /// <param name="name">The name in a certificate.</param>
    /// <returns>true if the name is of the same kind and satisfies this item; otherwise, false.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> is null.</exception>
    public bool IsMetBy(SubjectAlternativeName name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.Kind == Kind && Matches(name.Bytes.Span);
    }

    internal bool Matches(ReadOnlySpan<byte> bytes) => _pattern is { } pattern ? pattern.Matches(bytes) : _type.AreEqual(_bytes, bytes);
}
