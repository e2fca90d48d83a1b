using System.Text.Json;

namespace CertAuth.EndToEnd.Tests.Support;

/// <summary>One login from both sides.</summary>
/// <param name="Printed">What the client printed.</param>
/// <param name="Logged">The line of the server's log that decided it: event <c>login</c> or <c>handshake</c>.</param>
internal sealed record Attempt(string Printed, JsonElement Logged)
{
    /// <summary>The reason of a refusal; <c>allowed</c> where there was none.</summary>
    internal string Outcome => Text("decision") == "allowed" ? "allowed" : Text("reason") ?? "(no reason)";

    internal string? Text(string member) => Logged.TryGetProperty(member, out JsonElement value) ? value.GetString() : null;

    /// <summary>A fact of the connection, such as <c>version</c>; null where it is not known, or there is no TLS.</summary>
    internal string? Tls(string member) =>
        Logged.TryGetProperty("tls", out JsonElement tls) && tls.ValueKind == JsonValueKind.Object
            && tls.TryGetProperty(member, out JsonElement value) ? value.GetString() : null;

    /// <summary>What a client is told that is denied, whatever the reason.</summary>
    internal static string Denied(string user) => $"ERROR 1045 (28000): Access denied for user '{user}'@'127.0.0.1' (using password: NO)";
}
