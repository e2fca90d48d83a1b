using CertAuth.Json;

namespace CertAuth.Tests.Json;

/// <summary>One member or element as a reader saw it; an element has no name.</summary>
internal sealed record Seen(string? Name, JsonKind Kind, string Text);

/// <summary>Reads whole texts the way the library's own readers do.</summary>
internal static class JsonWalk
{
    internal const int MaxDepth = 32;

    /// <summary>End where the text is one object that is accepted, else why not.</summary>
    internal static JsonReadStatus ReadObject(
        ReadOnlySpan<byte> text, List<Seen>? members = null, int maxDepth = MaxDepth, JsonNameUniqueness names = JsonNameUniqueness.Everywhere)
    {
        if (!JsonReader.TryOpenObject(text, maxDepth, names, out JsonReader reader))
            return JsonReadStatus.Malformed;

        JsonReadStatus step;
        while ((step = reader.ReadMember(out ReadOnlySpan<byte> name, out JsonValue value)) == JsonReadStatus.Read)
            members?.Add(new(JsonText.GetString(name), value.Kind, TextOf(value)));
        return step;
    }

    /// <summary>End where the text is one array that is accepted, else why not.</summary>
    internal static JsonReadStatus ReadArray(
        ReadOnlySpan<byte> text, List<Seen>? elements = null, int maxDepth = MaxDepth, JsonNameUniqueness names = JsonNameUniqueness.Everywhere)
    {
        if (!JsonReader.TryOpenArray(text, maxDepth, names, out JsonReader reader))
            return JsonReadStatus.Malformed;

        JsonReadStatus step;
        while ((step = reader.ReadElement(out JsonValue value)) == JsonReadStatus.Read)
            elements?.Add(new(null, value.Kind, TextOf(value)));
        return step;
    }

    /// <summary>The same for a text that may be either.</summary>
    internal static JsonReadStatus Read(ReadOnlySpan<byte> text, List<Seen>? seen = null, int maxDepth = MaxDepth)
    {
        JsonReadStatus step = ReadObject(text, seen, maxDepth);
        bool isArray = JsonReader.TryOpenArray(text, maxDepth, JsonNameUniqueness.Everywhere, out _);
        return isArray ? ReadArray(text, seen, maxDepth) : step;
    }

    private static string TextOf(JsonValue value) => value.Kind == JsonKind.String
        ? JsonText.GetString(value.Raw)
        : System.Text.Encoding.UTF8.GetString(value.Raw);
}
