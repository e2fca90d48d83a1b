using System.Text.Json.Nodes;

namespace CertAuth.Tool.Tests.Support;

/// <summary>Reads the output of <c>--format json</c>.</summary>
internal static class Json
{
    internal static JsonObject ReadJson(this ToolResult result)
    {
        result.Error.Should().Be("");
        return JsonNode.Parse(result.Output)!.AsObject();
    }

    internal static string? Text(this JsonNode? node) => node?.GetValue<string>();

    internal static string[] Texts(this JsonNode? array, string member) => [.. array!.AsArray().Select(item => item![member].Text()!)];
}
