namespace CertAuth.Trust;

/// <summary>Host names as certificates write them (RFC 1034, 3.5).</summary>
internal static class HostName
{
    /// <summary>Whether each label has a character, and those of a name: letters, digits, hyphens, and underscores, which are in
    /// use.</summary>
    internal static bool IsValid(ReadOnlySpan<byte> name)
    {
        foreach (Range range in name.Split((byte)'.'))
        {
            if (name[range].IsEmpty || !IsLabel(name[range]))
                return false;
        }

        return !name.IsEmpty;
    }

    /// <summary>Whether it is such a name, or one whose first label is <c>*</c>, as a DNS name may be.</summary>
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
