namespace CertAuth.Der;

/// <summary>Reads DER (X.690, 10) from a span, forward only, without allocating.</summary>
/// <remarks>Only definite, minimal lengths and one-byte tags are accepted. A read that fails does not move the position.</remarks>
internal ref struct DerReader(ReadOnlySpan<byte> data)
{
    private readonly ReadOnlySpan<byte> _data = data;

    /// <summary>The index of the next byte, from the start of the data.</summary>
    internal int Position { get; private set; }

    /// <summary>The data that has not been read yet.</summary>
    internal readonly ReadOnlySpan<byte> Rest => _data[Position..];

    internal readonly bool IsEmpty => Position == _data.Length;

    internal readonly bool NextTagIs(byte tag) => Position < _data.Length && _data[Position] == tag;

    /// <summary>Returns whether the data is exactly one SEQUENCE, with nothing before or after it.</summary>
    internal static bool IsSingleSequence(ReadOnlySpan<byte> data)
    {
        DerReader reader = new(data);
        return reader.TryRead(DerTag.Sequence, out _) && reader.IsEmpty;
    }

    /// <summary>Skips a number of bytes, which must be complete values.</summary>
    internal void Skip(int bytes) => Position += bytes;

    /// <summary>Reads one value with the given tag. Returns its content, without tag and length.</summary>
    internal bool TryRead(byte tag, out ReadOnlySpan<byte> content)
    {
        content = default;
        return NextTagIs(tag) && TryReadAny(out _, out content);
    }

    /// <summary>Reads one value with the given tag. Returns its encoding, tag and length included.</summary>
    internal bool TryReadEncoded(byte tag, out ReadOnlySpan<byte> encoded)
    {
        int start = Position;
        bool read = TryRead(tag, out _);
        encoded = read ? _data[start..Position] : default;
        return read;
    }

    /// <summary>Reads one value with any tag of one byte. Returns its content, without tag and length.</summary>
    internal bool TryReadAny(out byte tag, out ReadOnlySpan<byte> content)
    {
        tag = 0;
        content = default;
        ReadOnlySpan<byte> rest = _data[Position..];
        if (rest.Length < 2 || (rest[0] & 0x1F) == 0x1F)
            return false;

        int length = rest[1];
        int header = 2;
        if (length >= 0x80 && !TryReadLongLength(rest, out length, out header))
            return false;
        if (length > rest.Length - header)
            return false;

        tag = rest[0];
        content = rest.Slice(header, length);
        Position += header + length;
        return true;
    }

    // X.690, 8.1.3 and 10.1: the definite form with the minimum number of bytes; below 0x80 that is the short form.
    private static bool TryReadLongLength(ReadOnlySpan<byte> data, out int length, out int header)
    {
        int count = data[1] & 0x7F;
        length = 0;
        header = 2 + count;
        if (count is 0 or > 4 || data.Length < header || data[2] == 0)
            return false;

        uint value = 0;
        foreach (byte b in data.Slice(2, count))
            value = (value << 8) | b;
        length = (int)value;
        return value is >= 0x80 and <= int.MaxValue;
    }
}
