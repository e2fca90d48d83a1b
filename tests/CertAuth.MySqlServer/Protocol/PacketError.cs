namespace CertAuth.MySqlServer.Protocol;

/// <summary>The reason why a packet of a peer cannot be read.</summary>
internal enum PacketError
{
    None = 0,

    /// <summary>The peer closed the connection, or the connection failed.</summary>
    Closed = 1,

    /// <summary>The length in the header exceeds the limit. The payload was not read.</summary>
    TooLong = 2,

    /// <summary>The sequence number is not the next one.</summary>
    OutOfOrder = 3,

    /// <summary>A field is truncated.</summary>
    Truncated = 4,

    /// <summary>There are bytes after the last field.</summary>
    Leftover = 5,

    /// <summary>A field exceeds its limit.</summary>
    FieldTooLong = 6,

    /// <summary>Text is not UTF-8.</summary>
    BadText = 7,

    /// <summary>A length is malformed, or is not the required one.</summary>
    BadLength = 8,

    /// <summary>The peer lacks a required capability, or the packet is of another type.</summary>
    Unsupported = 9,

    /// <summary>The number of attributes exceeds the limit.</summary>
    TooManyAttributes = 10,
}
