namespace CertAuth.Names;

/// <summary>Checks the syntax of host names (RFC 1034, 3.5). Underscores, which RFC 1034 does not allow, are common and
/// accepted.</summary>
internal static class HostName
{
    private const byte Hyphen = (byte)'-';

    /// <summary>Returns whether every label is non-empty and consists of letters, digits, hyphens and underscores. Names in certificates
    /// are not checked further: neither the lengths of names and labels nor where the hyphens are.</summary>
    internal static bool IsValid(ReadOnlySpan<byte> name)
    {
        foreach (Range range in name.Split((byte)'.'))
        {
            if (!IsLabel(name[range]))
                return false;
        }

        return true;
    }

    /// <summary>Returns whether a DNS name is valid, with or without <c>*</c> as its first label.</summary>
    internal static bool IsValidOrWildcard(ReadOnlySpan<byte> name) =>
        IsValid(name is [(byte)'*', (byte)'.', .. var parent] ? parent : name);

    /// <summary>Returns whether a name is valid, within the maximum lengths, and no label begins or ends with a hyphen.</summary>
    internal static bool IsStrictlyValid(ReadOnlySpan<byte> name)
    {
        foreach (Range range in name.Split((byte)'.'))
        {
            ReadOnlySpan<byte> label = name[range];
            if (!IsLabel(label) || label.Length > NameBounds.MaxHostLabelLength || label[0] == Hyphen || label[^1] == Hyphen)
                return false;
        }

        return name.Length <= NameBounds.MaxHostNameLength;
    }

    /// <summary>Returns whether the last label has only digits, as that of an IPv4 address has. Such a name is not a host name (RFC 1123,
    /// 2.1).</summary>
    internal static bool EndsWithNumber(ReadOnlySpan<byte> name) =>
        !name[(name.LastIndexOf((byte)'.') + 1)..].ContainsAnyExceptInRange((byte)'0', (byte)'9');

    private static bool IsLabel(ReadOnlySpan<byte> label)
    {
        foreach (byte b in label)
        {
            if (!char.IsAsciiLetterOrDigit((char)b) && b is not (Hyphen or (byte)'_'))
                return false;
        }

        return !label.IsEmpty;
    }
}
