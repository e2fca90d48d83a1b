using CertAuth.Json;

namespace CertAuth.Tests.Json;

/// <summary>Reads complete texts, as the library does.</summary>
internal static class JsonWalk
{
    internal const int MaxDepth = 32;

    /// <summary>Returns End if the text is one valid object; otherwise, the status of the error.</summary>
    internal static JsonReadStatus ReadObject(
        ReadOnlySpan<byte> text, List<JsonItem>? members = null, int maxDepth = MaxDepth,
        JsonNameUniqueness names = JsonNameUniqueness.Everywhere)
    {
        if (!JsonReader.TryOpenObject(text, maxDepth, names, out JsonReader reader))
            return JsonReadStatus.Malformed;

        JsonReadStatus status;
        while ((status = reader.ReadMember(out ReadOnlySpan<byte> name, out JsonValue value)) == JsonReadStatus.Read)
            members?.Add(new(JsonText.GetString(name), value.Kind, GetText(value)));
        return status;
    }

    /// <summary>Returns End if the text is one valid array; otherwise, the status of the error.</summary>
    internal static JsonReadStatus ReadArray(
        ReadOnlySpan<byte> text, List<JsonItem>? elements = null, int maxDepth = MaxDepth,
        JsonNameUniqueness names = JsonNameUniqueness.Everywhere)
    {
        if (!JsonReader.TryOpenArray(text, maxDepth, names, out JsonReader reader))
            return JsonReadStatus.Malformed;

        JsonReadStatus status;
        while ((status = reader.ReadElement(out JsonValue value)) == JsonReadStatus.Read)
            elements?.Add(new(null, value.Kind, GetText(value)));
        return status;
    }

    /// <summary>Returns End if the text is one valid object or array; otherwise, the status of the error.</summary>
    internal static JsonReadStatus Read(ReadOnlySpan<byte> text, List<JsonItem>? items = null, int maxDepth = MaxDepth)
    {
        JsonReadStatus status = ReadObject(text, items, maxDepth);
        bool isArray = JsonReader.TryOpenArray(text, maxDepth, JsonNameUniqueness.Everywhere, out _);
        return isArray ? ReadArray(text, items, maxDepth) : status;
    }

    private static string GetText(JsonValue value) => value.Kind == JsonKind.String
        ? JsonText.GetString(value.Raw)
        : System.Text.Encoding.UTF8.GetString(value.Raw);
}
