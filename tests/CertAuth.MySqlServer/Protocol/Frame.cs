namespace CertAuth.MySqlServer.Protocol;

/// <summary>The result of a read: a packet's sequence number and payload, or an error.</summary>
internal readonly record struct Frame(byte Sequence, ReadOnlyMemory<byte> Payload, PacketError Error)
{
    internal static Frame Failed(PacketError error) => new(0, default, error);
}
