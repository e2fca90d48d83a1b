namespace MySqlLogin.Protocol;

/// <summary>Why nothing was made of what a peer sent.</summary>
internal enum PacketError
{
    None = 0,

    /// <summary>The peer closed the connection, or it broke.</summary>
    Closed = 1,

    /// <summary>The length in the header is over the bound; nothing more was read.</summary>
    TooLong = 2,

    /// <summary>The sequence number is not the next one.</summary>
    OutOfOrder = 3,

    /// <summary>A field is cut off.</summary>
    Truncated = 4,

    /// <summary>Bytes are left over after the last field.</summary>
    Leftover = 5,

    /// <summary>A field is longer than its bound.</summary>
    FieldTooLong = 6,

    /// <summary>Text is not UTF-8.</summary>
    BadText = 7,

    /// <summary>What stands for a length is none, or not the one that it must be.</summary>
    BadLength = 8,

    /// <summary>The peer cannot do what is needed, or the packet is of another kind.</summary>
    Unsupported = 9,

    /// <summary>More attributes than the bound.</summary>
    TooManyAttributes = 10,
}
