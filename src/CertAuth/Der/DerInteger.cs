namespace CertAuth.Der;

/// <summary>Reads the content of an INTEGER (X.690, 8.3).</summary>
internal static class DerInteger
{
    /// <summary>Returns whether the content is one INTEGER with the minimum number of bytes.</summary>
    internal static bool IsValid(ReadOnlySpan<byte> content) => content switch
    {
        [] => false,
        [0x00, < 0x80, ..] or [0xFF, >= 0x80, ..] => false,
        _ => true,
    };

    /// <summary>Reads a number from 0 to <see cref="int.MaxValue"/>.</summary>
    internal static bool TryReadSmall(ReadOnlySpan<byte> content, out int value)
    {
        value = 0;
        if (!IsValid(content) || content[0] >= 0x80 || content.Length > 5 || (content.Length == 5 && content[0] != 0))
            return false;

        long number = 0;
        foreach (byte b in content)
            number = (number << 8) | b;
        value = (int)number;
        return number <= int.MaxValue;
    }
}
