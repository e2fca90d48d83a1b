using System.Buffers.Binary;

namespace CertAuth.Der;

/// <summary>Writes DER (X.690, 10) into a span: the content of a value first, then its tag and length in front of it.</summary>
/// <remarks>A write returns false if the span is too short. The content of the span is then undefined. Wrapping moves the content once for
/// each level.</remarks>
internal ref struct DerWriter(Span<byte> destination)
{
    private const int MaxHeader = 5;

    private readonly Span<byte> _destination = destination;

    /// <summary>The number of bytes written so far, which is the index of the next value.</summary>
    internal int Position { get; private set; }

    internal readonly ReadOnlySpan<byte> Written => _destination[..Position];

    /// <summary>Writes bytes unchanged.</summary>
    internal bool TryWrite(scoped ReadOnlySpan<byte> bytes)
    {
        if (!bytes.TryCopyTo(_destination[Position..]))
            return false;
        Position += bytes.Length;
        return true;
    }

    /// <summary>Replaces everything that was written since a position.</summary>
    internal bool TryReplace(int start, scoped ReadOnlySpan<byte> bytes)
    {
        Position = start;
        return TryWrite(bytes);
    }

    /// <summary>Makes everything that was written since a position the content of one value with the given tag.</summary>
    internal bool TryWrap(int start, byte tag)
    {
        Span<byte> header = stackalloc byte[MaxHeader];
        header[0] = tag;
        int length = Position - start;
        int bytes = 1 + WriteLength(length, header[1..]);
        if (bytes > _destination.Length - Position)
            return false;

        _destination.Slice(start, length).CopyTo(_destination[(start + bytes)..]);
        header[..bytes].CopyTo(_destination[start..]);
        Position += bytes;
        return true;
    }

    // X.690, 8.1.3 and 10.1: the definite form with the minimum number of bytes.
    private static int WriteLength(int length, Span<byte> destination)
    {
        if (length < 0x80)
        {
            destination[0] = (byte)length;
            return 1;
        }

        Span<byte> number = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(number, length);
        ReadOnlySpan<byte> minimal = number.TrimStart((byte)0);
        destination[0] = (byte)(0x80 | minimal.Length);
        minimal.CopyTo(destination[1..]);
        return 1 + minimal.Length;
    }
}
