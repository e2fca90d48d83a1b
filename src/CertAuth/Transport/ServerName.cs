using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Text;
using CertAuth.Certificates;
using CertAuth.Names;

namespace CertAuth.Transport;

/// <summary>The DNS name or IP address of a server that its certificate must contain (RFC 9525).</summary>
/// <remarks>It is compared only with the subject alternative names, never with a common name. Two instances are equal if their names are
/// equal without regard to ASCII case, or if their addresses are equal. Immutable; safe for concurrent use.</remarks>
public sealed class ServerName : IEquatable<ServerName>
{
    private readonly byte[] _bytes;
    private readonly bool _isAddress;

    private ServerName(string text, byte[] bytes, bool isAddress) => (Text, _bytes, _isAddress) = (text, bytes, isAddress);

    /// <summary>Gets the DNS name as it was read, or the address in the form that <see cref="IPAddress.ToString"/> returns.</summary>
    public string Text { get; }

    /// <summary>Reads a DNS name or an IP address.</summary>
    /// <param name="text">An IPv4 or IPv6 address, or a DNS name of at most 253 ASCII letters, digits, hyphens, underscores and dots,
    /// without a trailing dot. Write an internationalized name with A-labels (<c>xn--</c>).</param>
    /// <param name="name">The name, or null.</param>
    /// <returns>true if the text is a DNS name or an address; otherwise, false.</returns>
    public static bool TryParse(string? text, [NotNullWhen(true)] out ServerName? name)
    {
        name = null;
        if (string.IsNullOrEmpty(text) || text.Length > NameBounds.MaxHostNameLength)
            return false;
        if (IpAddressText.ParseOrNull(text) is { } address)
            name = new(new IPAddress(address).ToString(), address, isAddress: true);
        else if (Encoding.UTF8.GetBytes(text) is var dnsName && HostName.IsStrictlyValid(dnsName) && !HostName.EndsWithNumber(dnsName))
            name = new(text, dnsName, isAddress: false);
        return name is not null;
    }

    /// <summary>Reads a DNS name or an IP address, as <see cref="TryParse"/> does.</summary>
    /// <param name="text">The name or address.</param>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is null.</exception>
    /// <exception cref="FormatException">The text is neither a DNS name nor an address.</exception>
    public static ServerName Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TryParse(text, out ServerName? name)
            ? name
            : throw new FormatException($"The text is neither a DNS name nor an IP address: {LogText.Escape(text)}");
    }

    /// <inheritdoc/>
    public bool Equals(ServerName? other) => other is not null && _isAddress == other._isAddress
        && (_isAddress ? _bytes.AsSpan().SequenceEqual(other._bytes) : Ascii.EqualsIgnoreCase(_bytes, other._bytes));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ServerName);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(Text);

    /// <summary>Returns <see cref="Text"/>.</summary>
    public override string ToString() => Text;

    /// <summary>Determines whether the subject alternative names of a certificate contain this name.</summary>
    internal bool Matches(VerifiedCertificate certificate)
    {
        SanReader names = new(certificate.SanExtension);
        while (names.TryRead(out SanKind kind, out ReadOnlySpan<byte> bytes))
        {
            bool matches = _isAddress
                ? kind == SanKind.IpAddress && bytes.SequenceEqual(_bytes)
                : kind == SanKind.Dns && (Ascii.EqualsIgnoreCase(bytes, _bytes) || MatchesWildcard(bytes));
            if (matches)
                return true;
        }

        return false;
    }

    // RFC 9525, 6.3: a wildcard is the complete first label and matches exactly one label. A wildcard directly below a top-level domain is
    // not accepted.
    private bool MatchesWildcard(ReadOnlySpan<byte> presented)
    {
        int dot = _bytes.AsSpan().IndexOf((byte)'.');
        return dot > 0 && presented is [(byte)'*', .. var parent] && parent.Count((byte)'.') > 1
            && Ascii.EqualsIgnoreCase(parent, _bytes.AsSpan(dot));
    }
}
