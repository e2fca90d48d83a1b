using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using CertAuth.Tls;

namespace CertAuth.Requirements;

/// <summary>Writes the stored form of a requirement.</summary>
internal static class StoredRequirementWriter
{
    internal static StoredRequirement Write(LoginRequirement requirement)
    {
        if (requirement.Kind == RequirementKind.Malformed)
        {
            throw new InvalidOperationException(
                $"A malformed requirement cannot be stored; keep the record from which it was read. {requirement.StorageError}");
        }

        ArrayBufferWriter<byte> utf8 = new();
        using (Utf8JsonWriter writer = new(utf8, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartObject();
            if (requirement.Kind != RequirementKind.None)
                writer.WriteNumber("ssl_type"u8, (int)requirement.Kind);
            if (!requirement.Ciphers.IsEmpty)
                writer.WriteString("ssl_cipher"u8, CipherSuites.FormatList(requirement.Ciphers));
            if (requirement.Issuer is not null)
                writer.WriteString("x509_issuer"u8, requirement.Issuer.ToString());
            if (requirement.Subject is not null)
                writer.WriteString("x509_subject"u8, requirement.Subject.ToString());
            if (requirement.San is not null)
                writer.WriteString("san"u8, requirement.San.ToString());
            writer.WriteEndObject();
        }

        return new(Encoding.UTF8.GetString(utf8.WrittenSpan), requirement.TokenIssuer);
    }
}
