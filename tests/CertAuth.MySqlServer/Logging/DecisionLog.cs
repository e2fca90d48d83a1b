using System.Text.Json;
using CertAuth.Forwarding;
using CertAuth.MySqlServer.Protocol;
using CertAuth.Requirements;
using CertAuth.Tls;

namespace CertAuth.MySqlServer.Logging;

/// <summary>Logs the decision of each login with its reason.</summary>
internal static class DecisionLog
{
    private const int MaxAttributes = 8, MaxAttributeLength = 64;

    internal static void WriteDecision(
        this JsonLog log, uint connection, string? account, AuthenticationRequest request, AuthenticationResult result) =>
        log.Write("login", json =>
        {
            json.WriteNumber("connection", connection);
            json.WriteString("user", request.Account.UserName);
            json.WriteString("host", request.ClientHost);
            json.WriteString("account", account);
            json.WriteBoolean("from_proxy", request.IsFromProxy);
            json.WriteString("decision", result.Succeeded ? "accepted" : "rejected");
            if (result.Succeeded)
                json.WriteString("method", result.Identity.Method.ToString());
            else
                WriteRejection(json, result.Rejection);

            // On a proxy's connection, the checks use the forwarded facts of the client, if they were accepted, and never the facts of the
            // proxy's connection.
            bool hasFacts = result.Connection is not null || !request.IsFromProxy;
            if (!result.Succeeded && hasFacts && account is not null)
                WriteChecks(json, request.Account.Requirement.Explain(result.Connection));
            WriteTls(json, "tls", result.Connection);
            if (request.IsFromProxy)
                WriteTls(json, "proxy_tls", request.Connection);
            WriteAttributes(json, request.Attributes);
        });

    internal static void WriteRejection(Utf8JsonWriter json, Rejection rejection)
    {
        json.WriteString("reason", rejection.Reason.ToString());
        json.WriteNumber("reason_number", (int)rejection.Reason);
        json.WriteString("required", rejection.Required);
        json.WriteString("presented", rejection.Presented);
        json.WriteString("difference", rejection.Difference);
    }

    private static void WriteChecks(Utf8JsonWriter json, IEnumerable<RequirementCheck> checks)
    {
        json.WriteStartArray("checks");
        foreach (RequirementCheck check in checks)
        {
            json.WriteStartObject();
            json.WriteNumber("alternative", check.Alternative);
            json.WriteString("part", JsonNamingPolicy.SnakeCaseLower.ConvertName(check.Part.ToString()));
            json.WriteBoolean("met", check.IsMet);
            json.WriteString("required", check.Required);
            json.WriteString("presented", check.Presented);
            json.WriteString("difference", check.Difference);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteTls(Utf8JsonWriter json, string name, TlsConnectionInfo? connection)
    {
        if (connection is null)
        {
            json.WriteNull(name);
            return;
        }

        json.WriteStartObject(name);
        json.WriteString("facts", connection.Origin.ToString());
        json.WriteString("version", connection.Protocol.ToString());
        json.WriteString("cipher", CipherSuites.GetOpenSslName(connection.CipherSuite));
        json.WriteString("certificate", connection.ClientCertificate?.ToString());
        if (connection.ClientCertificateRejection is { } rejection)
        {
            json.WriteString("certificate_rejection", rejection.ToString());
            json.WriteString("certificate_rejection_reason", rejection.Reason.ToString());
        }

        json.WriteEndObject();
    }

    private static void WriteAttributes(Utf8JsonWriter json, ConnectionAttributes attributes)
    {
        json.WriteStartArray("attributes");
        foreach (ConnectionAttribute attribute in attributes.WithoutCertInfo.Take(MaxAttributes))
            json.WriteStringValue($"{Shorten(attribute.Name)}={Shorten(attribute.Value)}");
        json.WriteEndArray();
    }

    private static string Shorten(ReadOnlyMemory<byte> bytes)
    {
        if (!PayloadReader.TryDecode(bytes.Span, out string text))
            return "(not UTF-8)";
        return text.Length <= MaxAttributeLength ? text : string.Concat(text.AsSpan(0, MaxAttributeLength), "…");
    }
}
