namespace CertAuth.Names;

/// <summary>Finds the parts of a URI (RFC 3986, 3 and appendix B). A URI is never normalized.</summary>
internal static class UriSyntax
{
    /// <summary>Returns the index of the authority, after the scheme and <c>://</c>; -1 if the URI has none or its scheme is
    /// malformed.</summary>
    internal static int IndexOfAuthority(ReadOnlySpan<byte> uri)
    {
        int colon = uri.IndexOf((byte)':');
        return colon >= 1 && IsScheme(uri[..colon]) && uri[(colon + 1)..].StartsWith("//"u8) ? colon + 3 : -1;
    }

    /// <summary>Returns the host name; empty if the URI is malformed, has no authority, or has an IP address as its host.</summary>
    internal static ReadOnlySpan<byte> FindHost(ReadOnlySpan<byte> uri)
    {
        // A URI contains neither a backslash nor a space. Browsers end the authority at a backslash and would find another host.
        int start = IndexOfAuthority(uri);
        if (start < 0 || uri.ContainsAny((byte)'\\', (byte)' '))
            return default;

        ReadOnlySpan<byte> authority = uri[start..];
        int end = authority.IndexOfAny((byte)'/', (byte)'?', (byte)'#');
        if (end >= 0)
            authority = authority[..end];

        ReadOnlySpan<byte> host = authority[(authority.LastIndexOf((byte)'@') + 1)..];
        int port = host.LastIndexOf((byte)':');
        if (port >= 0 && host[(port + 1)..].ContainsAnyExceptInRange((byte)'0', (byte)'9'))
            return default;
        host = port < 0 ? host : host[..port];

        // The brackets of an IPv6 address are not valid in a name.
        return HostName.IsValid(host) && !HostName.EndsWithNumber(host) ? host : default;
    }

    // scheme = ALPHA *( ALPHA / DIGIT / "+" / "-" / "." ) (RFC 3986, 3.1)
    private static bool IsScheme(ReadOnlySpan<byte> scheme)
    {
        foreach (byte b in scheme)
        {
            if (!char.IsAsciiLetterOrDigit((char)b) && b is not ((byte)'+' or (byte)'-' or (byte)'.'))
                return false;
        }

        return char.IsAsciiLetter((char)scheme[0]);
    }
}
