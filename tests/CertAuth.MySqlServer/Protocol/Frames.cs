using System.Buffers;

namespace CertAuth.MySqlServer.Protocol;

/// <summary>The wire format of packets: three bytes of length, one of sequence number, the payload.</summary>
/// <remarks>Reads no byte after the packet, because a TLS handshake may follow. A packet above the limit is not read. Memory is allocated
/// as bytes arrive, not for the announced length. A message of several packets (16 MiB and more) exceeds every limit.</remarks>
internal static class Frames
{
    internal const int HeaderBytes = 4;
    private const int FirstBytes = 1024;

    internal static async ValueTask<Frame> ReadAsync(Stream stream, int maxPayload, CancellationToken cancellationToken)
    {
        try
        {
            byte[] header = new byte[HeaderBytes];
            if (await stream.ReadAtLeastAsync(header, HeaderBytes, throwOnEndOfStream: false, cancellationToken) < HeaderBytes)
                return Frame.Failed(PacketError.Closed);
            int length = header[0] | header[1] << 8 | header[2] << 16;
            if (length > maxPayload)
                return Frame.Failed(PacketError.TooLong);

            byte[] payload = new byte[Math.Min(length, FirstBytes)];
            for (int read = 0; read < length; read = payload.Length)
            {
                if (read > 0)
                    Array.Resize(ref payload, Math.Min(length, 2 * payload.Length));
                int missing = payload.Length - read;
                if (await stream.ReadAtLeastAsync(payload.AsMemory(read), missing, throwOnEndOfStream: false, cancellationToken) < missing)
                    return Frame.Failed(PacketError.Closed);
            }

            return new(header[3], payload, PacketError.None);
        }
        catch (IOException)
        {
            return Frame.Failed(PacketError.Closed);
        }
    }

    internal static void Write(IBufferWriter<byte> buffer, byte sequence, ReadOnlySpan<byte> payload)
    {
        int length = payload.Length;
        buffer.Write([(byte)length, (byte)(length >> 8), (byte)(length >> 16), sequence]);
        buffer.Write(payload);
    }
}
