namespace CertAuth.Der;

/// <summary>The range of a part in a larger encoding, in bytes. The default value is an empty part.</summary>
internal readonly record struct DerRange(int Start, int Length)
{
    internal bool IsEmpty => Length == 0;

    /// <summary>Returns the range of a part that is a slice of the whole. Returns the default value for an empty part.</summary>
    internal static DerRange Locate(ReadOnlySpan<byte> whole, ReadOnlySpan<byte> part) =>
        whole.Overlaps(part, out int start) ? new(start, part.Length) : default;

    internal ReadOnlySpan<byte> Slice(ReadOnlySpan<byte> whole) => whole.Slice(Start, Length);

    internal ReadOnlyMemory<byte> Slice(ReadOnlyMemory<byte> whole) => whole.Slice(Start, Length);
}
