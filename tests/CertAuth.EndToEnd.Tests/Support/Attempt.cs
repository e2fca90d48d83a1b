using System.Text.Json;

namespace CertAuth.EndToEnd.Tests.Support;

/// <summary>A login attempt, as seen by the client and by the server.</summary>
/// <param name="Printed">The output of the client.</param>
/// <param name="Logged">The line of the server's log with the decision: event <c>login</c> or <c>handshake</c>.</param>
internal sealed record Attempt(string Printed, JsonElement Logged)
{
    /// <summary>The reason of a rejection; <c>accepted</c> if there was none.</summary>
    internal string Outcome => Text("decision") == "accepted" ? "accepted" : Text("reason") ?? "(no reason)";

    internal string? Text(string member) => Logged.TryGetProperty(member, out JsonElement value) ? value.GetString() : null;

    /// <summary>Returns a fact of the connection, such as <c>version</c>; null if it is unknown or there is no TLS.</summary>
    internal string? Tls(string member) =>
        Logged.TryGetProperty("tls", out JsonElement tls) && tls.ValueKind == JsonValueKind.Object
            && tls.TryGetProperty(member, out JsonElement value) ? value.GetString() : null;

    /// <summary>The error that a rejected client receives for every reason.</summary>
    internal static string AccessDenied(string user) =>
        $"ERROR 1045 (28000): Access denied for user '{user}'@'127.0.0.1' (using password: NO)";
}
