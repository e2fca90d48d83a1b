using System.Text.Json;
using CertAuth.Json;

namespace CertAuth.Forwarding;

/// <summary>One member of an info: its name, the values that are accepted, and how its value is written.</summary>
internal abstract class CertInfoMember(int index, string name)
{
    /// <summary>Gets the index of the member in <see cref="CertInfoMembers.All"/>.</summary>
    internal int Index { get; } = index;

    /// <summary>Gets the name, in ASCII without escapes.</summary>
    internal JsonEncodedText Name { get; } = JsonEncodedText.Encode(name);

    /// <summary>Gets the description of the accepted values.</summary>
    internal abstract string AcceptedValues { get; }

    internal abstract bool Accepts(JsonValue value);

    internal abstract void Write(Utf8JsonWriter writer, CertInfoFacts facts);
}
