using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using CertAuth.Tls;

namespace CertAuth.Requirements;

/// <summary>Writes the stored form of a options.</summary>
internal static class StoredRequirementWriter
{
    internal static StoredRequirement Write(RequirementKind kind, in RequirementOptions options)
    {
        ArrayBufferWriter<byte> utf8 = new();
        using (Utf8JsonWriter writer = new(utf8, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartObject();
            if (kind != RequirementKind.None)
                writer.WriteNumber("ssl_type"u8, (int)kind);
            if (!options.Ciphers.IsEmpty)
                writer.WriteString("ssl_cipher"u8, CipherSuites.FormatList(options.Ciphers));
            if (options.Issuer is not null)
                writer.WriteString("x509_issuer"u8, options.Issuer.ToString());
            if (options.Subject is not null)
                writer.WriteString("x509_subject"u8, options.Subject.ToString());
            if (options.San is not null)
                writer.WriteString("san"u8, options.San.ToString());
            writer.WriteEndObject();
        }

        return new(Encoding.UTF8.GetString(utf8.WrittenSpan), options.TokenIssuer);
    }
}
