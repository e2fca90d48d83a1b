using System.Buffers;
using System.Globalization;
using System.Net;

namespace CertAuth.Testing;

/// <summary>Distinguishes IP addresses from DNS names.</summary>
internal static class HostName
{
    private static readonly SearchValues<char> s_ipv6Characters = SearchValues.Create("0123456789abcdefABCDEF:.");

    /// <summary>Returns an iPAddress for a dotted quad without leading zeros or an IPv6 address without a zone; otherwise, a
    /// dNSName.</summary>
    internal static TestSan ToSan(string host)
    {
        ArgumentException.ThrowIfNullOrEmpty(host);
        if (IsDottedQuad(host))
            return TestSan.Ip(IPAddress.Parse(host));
        if (!host.Contains(':', StringComparison.Ordinal))
            return TestSan.Dns(host);

        // A DNS name contains no colon. IPAddress.Parse also accepts brackets, ports and zones.
        if (host.AsSpan().ContainsAnyExcept(s_ipv6Characters))
            throw new ArgumentException($"'{host}' is neither a DNS name nor an IP address. Omit brackets, port and zone.", nameof(host));
        return TestSan.Ip(IPAddress.Parse(host));
    }

    private static bool IsDottedQuad(string host)
    {
        string[] bytes = host.Split('.');
        return bytes.Length == 4 && bytes.All(IsByte);
    }

    private static bool IsByte(string text) =>
        byte.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out byte value)
        && text == value.ToString(CultureInfo.InvariantCulture);
}
