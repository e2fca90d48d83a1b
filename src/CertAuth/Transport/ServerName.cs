using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Text;
using CertAuth.Certificates;

namespace CertAuth.Transport;

/// <summary>What a server's certificate must name: a DNS name or an address, as whoever connects was configured (RFC 9525). Immutable.</summary>
/// <remarks>Compared with the subject alternative names alone, never with a common name. Equal when they name the same, in any case of letters.</remarks>
public sealed class ServerName : IEquatable<ServerName>
{
    /// <summary>Longest DNS name in characters, and longest label (RFC 1035, 2.3.4).</summary>
    private const int MaxLength = 253, MaxLabel = 63;

    private readonly byte[] _bytes;
    private readonly bool _isAddress;

    private ServerName(string text, byte[] bytes, bool isAddress) => (Text, _bytes, _isAddress) = (text, bytes, isAddress);

    /// <summary>The name or address.</summary>
    public string Text { get; }

    /// <summary>Reads a name.</summary>
    /// <param name="text">An IPv4 or IPv6 address in its usual form; or a DNS name of ASCII letters, digits, hyphens and underscores (an internationalised one as
    /// A-labels), without a trailing dot.</param>
    /// <param name="name">The name, or null.</param>
    public static bool TryParse(string? text, [NotNullWhen(true)] out ServerName? name)
    {
        name = null;
        if (string.IsNullOrEmpty(text) || text.Length > MaxLength)
            return false;
        if (IpAddressText.ParseOrNull(text) is { } address)
            name = new(new IPAddress(address).ToString(), address, isAddress: true);
        else if (IsDnsName(text))
            name = new(text, Encoding.ASCII.GetBytes(text), isAddress: false);
        return name is not null;
    }

    /// <summary>Reads a name, as <see cref="TryParse"/> does.</summary>
    /// <exception cref="FormatException">The text is no name.</exception>
    public static ServerName Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TryParse(text, out ServerName? name) ? name : throw new FormatException($"Neither a DNS name nor an address: {LogText.Escape(text)}");
    }

    /// <inheritdoc/>
    public bool Equals(ServerName? other) => other is not null && _isAddress == other._isAddress
        && (_isAddress ? _bytes.AsSpan().SequenceEqual(other._bytes) : Ascii.EqualsIgnoreCase(_bytes, other._bytes));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ServerName);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(Text);

    /// <summary><see cref="Text"/>.</summary>
    public override string ToString() => Text;

    /// <summary>Whether a certificate names this server. Its SAN must be well-formed, as that of a verified one is.</summary>
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

    // RFC 9525, 6.3: a wildcard is the whole first label and stands for one label; and not for all names of a top-level domain.
    private bool MatchesWildcard(ReadOnlySpan<byte> presented)
    {
        int dot = _bytes.AsSpan().IndexOf((byte)'.');
        return dot > 0 && presented is [(byte)'*', .. var parent] && parent.Count((byte)'.') > 1
            && Ascii.EqualsIgnoreCase(parent, _bytes.AsSpan(dot));
    }

    // A last label of digits alone is that of a wrong address (RFC 1123, 2.1).
    private static bool IsDnsName(string text)
    {
        string[] labels = text.Split('.');
        return labels.All(IsLabel) && !labels[^1].All(char.IsAsciiDigit);
    }

    private static bool IsLabel(string label) => label.Length is > 0 and <= MaxLabel
        && label[0] != '-' && label[^1] != '-' && label.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
}
