namespace CertAuth.Trust;

/// <summary>Host names as certificates write them (RFC 1034, 3.5).</summary>
internal static class HostName
{
    /// <summary>Whether each label has a character, and those of a name: letters, digits, hyphens, and underscores, which are in use.
    /// The first label may be <c>*</c>.</summary>
    internal static bool IsValid(ReadOnlySpan<byte> name)
    {
        ReadOnlySpan<byte> rest = name is [(byte)'*', (byte)'.', .. var parent] ? parent : name;
        foreach (Range range in rest.Split((byte)'.'))
        {
            if (rest[range].IsEmpty || !IsLabel(rest[range]))
                return false;
        }

        return !rest.IsEmpty;
    }

    private static bool IsLabel(ReadOnlySpan<byte> label)
    {
        foreach (byte octet in label)
        {
            if (!char.IsAsciiLetterOrDigit((char)octet) && octet is not ((byte)'-' or (byte)'_'))
                return false;
        }

        return true;
    }
}
