namespace CertAuth.Names;

/// <summary>Finds the host of a URI (RFC 3986, 3.2 and appendix B).</summary>
internal static class UriHost
{
    /// <summary>Returns the host name; empty if the URI is malformed, has no authority, or has an IP address as its host.</summary>
    internal static ReadOnlySpan<byte> Find(ReadOnlySpan<byte> uri)
    {
        // scheme ":" "//" authority, where the authority ends at "/", "?", "#" or the end.
        // A URI contains neither a backslash nor a space. Browsers end the authority at a backslash and would find another host.
        int colon = uri.IndexOf((byte)':');
        if (uri.ContainsAny((byte)'\\', (byte)' ') || colon < 1 || !IsScheme(uri[..colon]) || !uri[(colon + 1)..].StartsWith("//"u8))
            return default;

        ReadOnlySpan<byte> authority = uri[(colon + 3)..];
        int end = authority.IndexOfAny((byte)'/', (byte)'?', (byte)'#');
        if (end >= 0)
            authority = authority[..end];

        ReadOnlySpan<byte> host = authority[(authority.LastIndexOf((byte)'@') + 1)..];
        int port = host.LastIndexOf((byte)':');
        if (port >= 0 && host[(port + 1)..].ContainsAnyExceptInRange((byte)'0', (byte)'9'))
            return default;
        host = port < 0 ? host : host[..port];
        return HostName.IsValid(host) && !IsAddress(host) ? host : default;
    }

    // RFC 3986, 3.1.
    private static bool IsScheme(ReadOnlySpan<byte> scheme)
    {
        foreach (byte b in scheme)
        {
            if (!char.IsAsciiLetterOrDigit((char)b) && b is not ((byte)'+' or (byte)'-' or (byte)'.'))
                return false;
        }

        return char.IsAsciiLetter((char)scheme[0]);
    }

    // The last label of an IPv4 address is a number. The brackets of an IPv6 address are not valid in a name.
    private static bool IsAddress(ReadOnlySpan<byte> host) =>
        !host[(host.LastIndexOf((byte)'.') + 1)..].ContainsAnyExceptInRange((byte)'0', (byte)'9');
}
