using System.Buffers;

namespace CertAuth.MySqlServer.Protocol;

/// <summary>Reads and writes packets in sequence. Not safe for concurrent use.</summary>
internal sealed class PacketStream(Stream stream)
{
    private byte _sequence;

    /// <summary>The underlying stream, which is replaced once, when the connection is upgraded to TLS.</summary>
    internal Stream Stream { get; private set; } = stream;

    internal void UpgradeTo(Stream encrypted) => Stream = encrypted;

    /// <summary>Resets the sequence number for a new command.</summary>
    internal void BeginCommand() => _sequence = 0;

    /// <summary>Skips the sequence number of a packet that another object has read.</summary>
    internal void SkipOne() => _sequence++;

    internal async ValueTask<Frame> ReadAsync(int maxPayload, CancellationToken cancellationToken)
    {
        Frame frame = await Frames.ReadAsync(Stream, maxPayload, cancellationToken);
        if (frame.Error != PacketError.None)
            return frame;
        if (frame.Sequence != _sequence)
            return Frame.Failed(PacketError.OutOfOrder);
        _sequence++;
        return frame;
    }

    /// <summary>Writes packets in one write. Returns false if the connection has failed.</summary>
    internal async ValueTask<bool> WriteAsync(IReadOnlyList<byte[]> payloads, CancellationToken cancellationToken)
    {
        ArrayBufferWriter<byte> buffer = new();
        foreach (byte[] payload in payloads)
            Frames.Write(buffer, _sequence++, payload);
        try
        {
            await Stream.WriteAsync(buffer.WrittenMemory, cancellationToken);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    internal ValueTask<bool> WriteAsync(byte[] payload, CancellationToken cancellationToken) => WriteAsync([payload], cancellationToken);
}
