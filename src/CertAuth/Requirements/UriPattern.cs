using CertAuth.Names;

namespace CertAuth.Requirements;

/// <summary>A required URI with at least one path segment that is exactly <c>*</c>.</summary>
/// <remarks>
/// The URI has the form scheme://authority/path (RFC 3986, appendix B) with a non-empty authority. In any other URI, <c>*</c> is an
/// ordinary character.
/// <code>
/// Required                     Presented                    Match  Why
/// spiffe://d/*/foo/*           spiffe://d/bar/foo/baz       yes    each * matches one segment
/// spiffe://d/*/foo/*           spiffe://d/bar/x/foo/baz     no     the number of segments differs
/// spiffe://d/*/foo/*           spiffe://d//foo/baz          no     * does not match an empty segment
/// spiffe://d/bar/*             https://d/bar/baz            no     the schemes differ
/// spiffe://d/bar/*?key=*       spiffe://d/bar/baz?key=v     no     the queries differ: a * in a query is an ordinary character
/// spiffe://d/bar/*             spiffe://d/bar/..            no     * does not match a dot segment, percent-encoded or not
/// spiffe://d/bar/*             spiffe://d/bar/a%2Fb         no     * does not match an encoded slash, backslash or NUL
/// </code>
/// </remarks>
internal sealed class UriPattern
{
    private const byte Slash = (byte)'/';

    private readonly byte[] _prefix;
    private readonly byte[][] _segments;
    private readonly byte[] _suffix;

    private UriPattern(byte[] prefix, byte[][] segments, byte[] suffix) => (_prefix, _segments, _suffix) = (prefix, segments, suffix);

    /// <summary>Returns the pattern; null if the URI has no wildcard segment and must be compared exactly.</summary>
    internal static UriPattern? CreateOrNull(ReadOnlySpan<byte> uri)
    {
        int authority = UriSyntax.IndexOfAuthority(uri);
        if (authority < 0)
            return null;

        int path = uri[authority..].IndexOfAny(Slash, (byte)'?', (byte)'#');
        if (path < 1 || uri[authority + path] != Slash)
            return null;

        path += authority;
        int end = uri[path..].IndexOfAny((byte)'?', (byte)'#');
        end = end < 0 ? uri.Length : path + end;
        List<byte[]> segments = [];
        ReadOnlySpan<byte> rest = uri[(path + 1)..end];
        foreach (Range range in rest.Split(Slash))
            segments.Add(rest[range].ToArray());
        return segments.Exists(segment => segment is [(byte)'*']) ? new(uri[..path].ToArray(), [.. segments], uri[end..].ToArray()) : null;
    }

    internal bool Matches(ReadOnlySpan<byte> uri)
    {
        if (!uri.StartsWith(_prefix))
            return false;

        ReadOnlySpan<byte> rest = uri[_prefix.Length..];
        int end = rest.IndexOfAny((byte)'?', (byte)'#');
        ReadOnlySpan<byte> path = end < 0 ? rest : rest[..end];
        ReadOnlySpan<byte> suffix = end < 0 ? default : rest[end..];
        if (!suffix.SequenceEqual(_suffix) || path.Count(Slash) != _segments.Length)
            return false;

        foreach (byte[] required in _segments)
        {
            // The prefix may end inside a longer authority: spiffe://d is also the start of spiffe://dx/a.
            if (path.IsEmpty || path[0] != Slash)
                return false;
            path = path[1..];
            int length = path.IndexOf(Slash);
            ReadOnlySpan<byte> segment = length < 0 ? path : path[..length];
            if (required is [(byte)'*'] ? !IsOrdinarySegment(segment) : !segment.SequenceEqual(required))
                return false;
            path = path[segment.Length..];
        }

        return true;
    }

    // segment-nz = 1*pchar (RFC 3986, 3.3), except ".", ".." and segments with an encoded '/', '\' or NUL.
    private static bool IsOrdinarySegment(ReadOnlySpan<byte> segment)
    {
        int characters = 0;
        int dots = 0;
        for (int i = 0; i < segment.Length; i++, characters++)
        {
            int c = segment[i];
            if (c == '%')
            {
                if (i + 2 >= segment.Length || (c = ReadHexByte(segment[i + 1], segment[i + 2])) is < 0 or 0 or '/' or '\\')
                    return false;
                i += 2;
            }
            else if (!IsPlainPathCharacter((char)c))
            {
                return false;
            }

            if (c == '.')
                dots++;
        }

        return characters > 0 && !(characters <= 2 && dots == characters);
    }

    // pchar = unreserved / pct-encoded / sub-delims / ":" / "@"
    private static bool IsPlainPathCharacter(char c) =>
        char.IsAsciiLetterOrDigit(c) || "-._~!$&'()*+,;=:@".Contains(c, StringComparison.Ordinal);

    private static int ReadHexByte(byte high, byte low) =>
        (ReadHexDigit(high), ReadHexDigit(low)) is ( >= 0 and int h, >= 0 and int l) ? (h << 4) | l : -1;

    private static int ReadHexDigit(byte digit) => (char)digit switch
    {
        >= '0' and <= '9' => digit - '0',
        >= 'A' and <= 'F' => digit - 'A' + 10,
        >= 'a' and <= 'f' => digit - 'a' + 10,
        _ => -1,
    };
}
