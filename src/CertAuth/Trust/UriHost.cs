namespace CertAuth.Trust;

/// <summary>The host of a URI, by RFC 3986, 3.2 and appendix B.</summary>
internal static class UriHost
{
    /// <summary>Empty where the URI has no authority, or an address as its host.</summary>
    internal static ReadOnlySpan<byte> Find(ReadOnlySpan<byte> uri)
    {
        // scheme ":" "//" authority; the authority ends at "/", "?", "#" or the end.
        int colon = uri.IndexOfAny((byte)':', (byte)'/', (byte)'?');
        if (colon < 1 || uri[colon] != ':' || !uri[(colon + 1)..].StartsWith("//"u8))
            return default;

        ReadOnlySpan<byte> authority = uri[(colon + 3)..];
        int end = authority.IndexOfAny((byte)'/', (byte)'?', (byte)'#');
        if (end >= 0)
            authority = authority[..end];

        ReadOnlySpan<byte> host = authority[(authority.LastIndexOf((byte)'@') + 1)..];
        int port = host.LastIndexOf((byte)':');
        if (port >= 0)
            host = host[..port];
        return IsName(host) ? host : default;
    }

    // A host name of letters, digits, hyphens, underscores and dots, whose last label isn't a number: "[...]" and "10.0.0.1" are addresses.
    private static bool IsName(ReadOnlySpan<byte> host)
    {
        foreach (byte octet in host)
        {
            if (!char.IsAsciiLetterOrDigit((char)octet) && octet is not ((byte)'-' or (byte)'_' or (byte)'.'))
                return false;
        }

        ReadOnlySpan<byte> last = host[(host.LastIndexOf((byte)'.') + 1)..];
        return last.ContainsAnyExceptInRange((byte)'0', (byte)'9');
    }
}
