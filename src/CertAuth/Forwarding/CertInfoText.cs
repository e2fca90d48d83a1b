using System.Text.Json;
using CertAuth.Json;

namespace CertAuth.Forwarding;

/// <summary>A member that is a string.</summary>
internal sealed class CertInfoText(int index, string name, Func<CertInfoFacts, string> getValue) : CertInfoMember(index, name)
{
    internal override string AcceptedValues => "a string";

    internal override bool Accepts(JsonValue value) => value.Kind == JsonKind.String;

    internal override void Write(Utf8JsonWriter writer, CertInfoFacts facts) => writer.WriteString(Name, getValue(facts));

    /// <summary>Returns an accepted value in UTF-8, with its escapes resolved.</summary>
    internal static ReadOnlySpan<byte> Read(JsonValue value)
    {
        if (!value.Raw.Contains((byte)'\\'))
            return value.Raw;

        byte[] text = new byte[value.Raw.Length];
        JsonText.TryUnescape(value.Raw, text, out int length);
        return text.AsSpan(0, length);
    }
}
