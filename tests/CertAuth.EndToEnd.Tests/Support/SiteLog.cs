using System.Text.Json;

namespace CertAuth.EndToEnd.Tests.Support;

/// <summary>Queries of the log of a site.</summary>
internal static class SiteLog
{
    /// <summary>Returns the reasons of all rejected logins in order.</summary>
    internal static IEnumerable<string?> Rejections(this Site site) => site.Events("login")
        .Where(login => login.GetProperty("decision").GetString() == "rejected")
        .Select(login => login.GetProperty("reason").GetString());

    internal static IEnumerable<JsonElement> Events(this Site site, string kind) =>
        site.Log.Select(line => JsonElement.Parse(line)).Where(line => line.GetProperty("event").GetString() == kind);

    /// <summary>Waits for a line that may be logged after the client has disconnected.</summary>
    internal static Task<string> WaitForLogAsync(this Site site, string text) => Eventually.FindAsync(
        () => site.Log.LastOrDefault(line => line.Contains(text, StringComparison.Ordinal)),
        () => $"the log has no {text}:\n{string.Join('\n', site.Log)}");
}
