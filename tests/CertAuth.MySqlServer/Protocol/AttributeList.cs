using CertAuth.Forwarding;

namespace CertAuth.MySqlServer.Protocol;

/// <summary>The wire format of connection attributes: their total length, then names and values.</summary>
internal static class AttributeList
{
    internal static IReadOnlyList<ConnectionAttribute> Read(ref PayloadReader reader)
    {
        List<ConnectionAttribute> attributes = [];
        PayloadReader pairs = new(reader.ReadLengthEncoded(Bounds.Attributes));
        while (pairs.Error == PacketError.None && !pairs.IsAtEnd)
        {
            pairs.Require(attributes.Count < Bounds.AttributeCount, PacketError.TooManyAttributes);
            ReadOnlyMemory<byte> name = pairs.ReadLengthEncoded(Bounds.Attributes), value = pairs.ReadLengthEncoded(Bounds.Attributes);
            if (pairs.Error == PacketError.None)
                attributes.Add(new(name, value));
        }

        reader.Require(pairs.Error == PacketError.None, pairs.Error);
        return attributes;
    }

    internal static void Write(PayloadWriter writer, IEnumerable<ConnectionAttribute> attributes)
    {
        PayloadWriter pairs = new();
        foreach (ConnectionAttribute attribute in attributes)
            pairs.WriteLengthEncoded(attribute.Name.Span).WriteLengthEncoded(attribute.Value.Span);
        writer.WriteLengthEncoded(pairs.ToArray());
    }
}
