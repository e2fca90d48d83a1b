using System.Text.Json;

namespace CertAuth.EndToEnd.Tests.Support;

/// <summary>Reads the lines that a site logs after the reader was created.</summary>
internal sealed class LogReader(Site site)
{
    private readonly int _before = site.Log.Count();

    /// <summary>Waits for the line with the decision of a login or handshake. The client can see a failed handshake before the server logs
    /// it.</summary>
    internal async Task<JsonElement> ReadDecisionAsync()
    {
        JsonElement[] decisions = await Eventually.FindAsync(ReadDecisions, () => "the server logged no decision");
        return decisions.Should().ContainSingle().Which;
    }

    // Null if there is none yet.
    private JsonElement[]? ReadDecisions()
    {
        JsonElement[] decisions = [.. site.Log.Skip(_before).Select(line => JsonElement.Parse(line)).Where(IsDecision)];
        return decisions.Length == 0 ? null : decisions;
    }

    private static bool IsDecision(JsonElement line) => line.GetProperty("event").GetString() is "login" or "handshake";
}
