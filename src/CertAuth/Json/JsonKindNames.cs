namespace CertAuth.Json;

/// <summary>Describes kinds of JSON value in messages.</summary>
internal static class JsonKindNames
{
    internal static string Describe(JsonKind kind) => kind switch
    {
        JsonKind.Object => "an object",
        JsonKind.Array => "an array",
        JsonKind.String => "a string",
        JsonKind.Number => "a number",
        JsonKind.True => "true",
        JsonKind.False => "false",
        JsonKind.Null => "null",
        _ => "no value",
    };
}
