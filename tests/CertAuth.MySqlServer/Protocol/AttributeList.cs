using CertAuth.Forwarding;

namespace CertAuth.MySqlServer.Protocol;

/// <summary>The wire format of connection attributes: their total length, then names and values.</summary>
internal static class AttributeList
{
    internal static PacketError Read(ref PayloadReader reader, out IReadOnlyList<ConnectionAttribute> attributes)
    {
        List<ConnectionAttribute> read = [];
        attributes = read;
        PacketError error = reader.ReadLengthEncoded(Bounds.Attributes, out ReadOnlyMemory<byte> list);
        PayloadReader pairs = new(list);
        while (error == PacketError.None && !pairs.IsAtEnd)
        {
            if (read.Count == Bounds.AttributeCount)
                return PacketError.TooManyAttributes;
            ReadOnlyMemory<byte> value = default;
            error = pairs.ReadLengthEncoded(Bounds.Attributes, out ReadOnlyMemory<byte> name);
            if (error == PacketError.None) error = pairs.ReadLengthEncoded(Bounds.Attributes, out value);
            if (error == PacketError.None) read.Add(new(name, value));
        }

        return error;
    }

    internal static void Write(PayloadWriter writer, IEnumerable<ConnectionAttribute> attributes)
    {
        PayloadWriter pairs = new();
        foreach (ConnectionAttribute attribute in attributes)
            pairs.WriteLengthEncoded(attribute.Name.Span).WriteLengthEncoded(attribute.Value.Span);
        writer.WriteLengthEncoded(pairs.ToArray());
    }
}
