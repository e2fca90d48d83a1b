using System.Buffers;

namespace MySqlLogin.Protocol;

/// <summary>Packets in both directions, in order. For one reader and writer at a time.</summary>
internal sealed class PacketStream(Stream stream)
{
    private byte _sequence;

    /// <summary>What the packets go through; replaced once, when the connection is upgraded to TLS.</summary>
    internal Stream Stream { get; private set; } = stream;

    internal void UpgradeTo(Stream encrypted) => Stream = encrypted;

    /// <summary>The next packet is the first of a command.</summary>
    internal void BeginCommand() => _sequence = 0;

    /// <summary>A packet went by that this object did not see: the next is the answer to it.</summary>
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

    /// <summary>Writes packets, in one piece. Gives false where the connection is broken.</summary>
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
