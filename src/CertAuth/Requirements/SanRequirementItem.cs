using System.Net;
using System.Text;
using CertAuth.Certificates;

namespace CertAuth.Requirements;

/// <summary>One required name: a URI, a DNS name or an address.</summary>
/// <remarks>
/// <code>
/// Required            Presented           Match  Why
/// DNS:db.test         DNS DB.test         yes    RFC 4343: without regard to ASCII case
/// DNS:db.test         DNS *.test          no     no wildcards on either side
/// DNS:*.test          DNS *.test          yes    the same characters
/// URI:spiffe://a/b    URI spiffe://a/B    no     the same characters, exactly
/// IP:2001:DB8::1      16 octets           yes    octets are compared, not text
/// IP:10.0.0.1         ::ffff:10.0.0.1     no     IPv4 and mapped IPv6 are two addresses
/// </code>
/// Equal when kind and octets are equal, DNS names without regard to ASCII case. Immutable; safe for concurrent use.
/// </remarks>
public sealed class SanRequirementItem : IEquatable<SanRequirementItem>
{
    private readonly byte[] _bytes;
    private readonly UriPattern? _pattern;

    internal SanRequirementItem(SanKind kind, byte[] bytes)
    {
        Kind = kind;
        _bytes = bytes;
        _pattern = kind == SanKind.Uri ? UriPattern.CreateOrNull(Encoding.ASCII.GetString(bytes)) : null;
    }

    /// <summary><see cref="SanKind.Uri"/>, <see cref="SanKind.Dns"/> or <see cref="SanKind.IpAddress"/>.</summary>
    public SanKind Kind { get; }

    /// <summary>The name as it was written; an address in the form of RFC 5952.</summary>
    public string Value => Kind == SanKind.IpAddress ? new IPAddress(_bytes).ToString() : Encoding.ASCII.GetString(_bytes);

    /// <summary>Whether it is a URI of the form scheme://authority/path with a path segment that is exactly <c>*</c>, which stands for any one
    /// ordinary segment.</summary>
    public bool HasWildcard => _pattern is not null;

    /// <inheritdoc/>
    public bool Equals(SanRequirementItem? other) => other is not null && Kind == other.Kind && EqualsBytes(other._bytes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as SanRequirementItem);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Kind, StringComparer.OrdinalIgnoreCase.GetHashCode(Value));

    /// <summary>The item as a requirement writes it, such as <c>DNS:db.example</c>; ',' and '\' are escaped.</summary>
    public override string ToString()
    {
        string label = Kind switch
        {
            SanKind.Uri => "URI",
            SanKind.Dns => "DNS",
            SanKind.IpAddress => "IP",
            _ => throw new InvalidOperationException($"{Kind} can't be required."),
        };
        return $"{label}:{SubjectAlternativeName.EscapeValue(Value)}";
    }

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

    internal bool Matches(ReadOnlySpan<byte> bytes) => _pattern is { } pattern ? pattern.Matches(bytes) : EqualsBytes(bytes);

    private bool EqualsBytes(ReadOnlySpan<byte> bytes) =>
        Kind == SanKind.Dns ? Ascii.EqualsIgnoreCase(_bytes, bytes) : bytes.SequenceEqual(_bytes);
}
