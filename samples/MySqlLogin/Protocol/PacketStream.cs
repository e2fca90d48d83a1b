using System.Buffers;

namespace MySqlLogin.Protocol;

/// <summary>Reads and writes packets: three bytes of length, one of sequence number, the payload. Not safe for concurrent use.</summary>
internal sealed class PacketStream(Stream stream)
{
    /// <summary>The maximum number of bytes of a payload: far more than a login or a statement of this server needs, and small enough to
    /// allocate it for a client that sends nothing else.</summary>
    internal const int MaxPayload = 16 * 1024;

    private const int HeaderBytes = 4;
    private byte _sequence;

    /// <summary>The underlying stream, which is replaced when TLS starts.</summary>
    internal Stream Stream { get; set; } = stream;

    /// <summary>Resets the sequence number for a new command.</summary>
    internal void BeginCommand() => _sequence = 0;

    /// <summary>Reads a payload, and no byte after it, because a TLS handshake may follow.</summary>
    /// <returns>The payload; null if the connection is closed, or if the packet is too long or out of order.</returns>
    internal async ValueTask<byte[]?> ReadAsync(CancellationToken cancellationToken)
    {
        byte[] header = new byte[HeaderBytes];
        if (await Stream.ReadAtLeastAsync(header, HeaderBytes, throwOnEndOfStream: false, cancellationToken) < HeaderBytes)
            return null;
        int length = header[0] | header[1] << 8 | header[2] << 16;
        if (length > MaxPayload || header[3] != _sequence++)
            return null;
        byte[] payload = new byte[length];
        int read = await Stream.ReadAtLeastAsync(payload, length, throwOnEndOfStream: false, cancellationToken);
        return read == length ? payload : null;
    }

    /// <summary>Writes packets in one write.</summary>
    internal ValueTask WriteAsync(IEnumerable<byte[]> payloads, CancellationToken cancellationToken)
    {
        ArrayBufferWriter<byte> buffer = new();
        foreach (byte[] payload in payloads)
        {
            int length = payload.Length;
            buffer.Write([(byte)length, (byte)(length >> 8), (byte)(length >> 16), _sequence++]);
            buffer.Write(payload);
        }

        return Stream.WriteAsync(buffer.WrittenMemory, cancellationToken);
    }
}
