namespace CertAuth.Names;

/// <summary>Checks the syntax of host names in certificates (RFC 1034, 3.5).</summary>
internal static class HostName
{
    /// <summary>Returns whether every label is non-empty and consists of letters, digits, hyphens and underscores. RFC 1034 does not allow
    /// underscores, but they are common. The lengths of labels and names are not checked.</summary>
    internal static bool IsValid(ReadOnlySpan<byte> name)
    {
        foreach (Range range in name.Split((byte)'.'))
        {
            if (name[range].IsEmpty || !IsLabel(name[range]))
                return false;
        }

        return !name.IsEmpty;
    }

    /// <summary>Returns whether a DNS name is valid, with or without <c>*</c> as its first label.</summary>
    internal static bool IsValidOrWildcard(ReadOnlySpan<byte> name) =>
        IsValid(name is [(byte)'*', (byte)'.', .. var parent] ? parent : name);

    private static bool IsLabel(ReadOnlySpan<byte> label)
    {
        foreach (byte b in label)
        {
            if (!char.IsAsciiLetterOrDigit((char)b) && b is not ((byte)'-' or (byte)'_'))
                return false;
        }

        return true;
    }
}
