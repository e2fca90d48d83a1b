using System.Text;
using System.Text.Json;

namespace CertAuth.Requirements;

/// <summary>Reads the stored form of a requirement.</summary>
internal static class StoredRequirementReader
{
    private const int MaxType = 3;

    private static readonly string[] s_members = ["ssl_type", "ssl_cipher", "x509_issuer", "x509_subject", "san"];

    /// <summary>Reads a record. Returns the first error, which makes the requirement malformed; otherwise, no error.</summary>
    internal static RequirementError Read(StoredRequirement stored, out RequirementKind kind, out RequirementOptions options)
    {
        options = default;
        RequirementError error;
        int? type = null;
        try
        {
            error = stored.Json.Length > RequirementBounds.MaxStoredLength
                ? new(RequirementErrorKind.TooLong, RequirementBounds.MaxStoredLength)
                : ReadObject(StrictUtf8.GetBytes(stored.Json), ref options, out type);
        }

        // EncoderFallbackException: the text has an unpaired surrogate. InvalidOperationException: an escape represents one.
        catch (Exception e) when (e is JsonException or EncoderFallbackException or InvalidOperationException)
        {
            error = new(RequirementErrorKind.BadRecord, 0, RequirementPart.Record);
        }

        if (error.Kind == RequirementErrorKind.None && !string.IsNullOrEmpty(stored.TokenIssuer))
            error = options.Set(RequirementPart.TokenIssuer, stored.TokenIssuer);
        if (error.Kind == RequirementErrorKind.None && !TypeFitsOptions(type, options.Kind))
            error = new(RequirementErrorKind.SslTypeMismatch, 0, RequirementPart.Record);
        (kind, options) = error.Kind == RequirementErrorKind.None ? (GetKind(type), options) : (RequirementKind.Malformed, default);
        return error;
    }

    private static RequirementError ReadObject(byte[] utf8, ref RequirementOptions options, out int? type)
    {
        type = null;
        Utf8JsonReader reader = new(utf8);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            return FailBadRecord();

        int seen = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            RequirementPart part = GetPart(ref reader);
            if (part == RequirementPart.None && IsMiscasedMember(reader.GetString()!))
                return FailBadRecord();

            reader.Read();
            if (part == RequirementPart.None)
            {
                reader.Skip();
                continue;
            }

            if ((seen & (1 << (int)part)) != 0)
                return FailBadRecord();
            seen |= 1 << (int)part;

            RequirementError error = part == RequirementPart.Record ? ReadType(ref reader, out type)
                : reader.TokenType == JsonTokenType.String ? options.Set(part, reader.GetString()!)
                : FailBadRecord();
            if (error.Kind != RequirementErrorKind.None)
                return error;
        }

        // The object has ended. The reader throws if anything follows it.
        reader.Read();
        return default;
    }

    private static RequirementError ReadType(ref Utf8JsonReader reader, out int? type)
    {
        type = null;
        if (reader.TokenType != JsonTokenType.Number)
            return FailBadRecord();
        if (!reader.TryGetInt32(out int number) || number is < -1 or > MaxType)
            return new(RequirementErrorKind.SslTypeMismatch, 0, RequirementPart.Record);
        type = number;
        return default;
    }

    // A server written in Go compares member names by Unicode case folding, which also folds the long s and the Kelvin sign. A name that it
    // would read as a known member must not be ignored here.
    private static bool IsMiscasedMember(string name) =>
        s_members.Contains(name.Replace('\u017F', 's').Replace('\u212A', 'k'), StringComparer.OrdinalIgnoreCase);

    private static RequirementPart GetPart(ref Utf8JsonReader reader) =>
        reader.ValueTextEquals("ssl_type"u8) ? RequirementPart.Record
        : reader.ValueTextEquals("ssl_cipher"u8) ? RequirementPart.Cipher
        : reader.ValueTextEquals("x509_issuer"u8) ? RequirementPart.Issuer
        : reader.ValueTextEquals("x509_subject"u8) ? RequirementPart.Subject
        : reader.ValueTextEquals("san"u8) ? RequirementPart.San
        : RequirementPart.None;

    // The type is 3 if and only if there are options. A record with neither a type nor options is NONE.
    private static bool TypeFitsOptions(int? type, RequirementKind options) => (type == MaxType) == (options == RequirementKind.Specified);

    private static RequirementKind GetKind(int? type) => type switch
    {
        1 => RequirementKind.Ssl,
        2 => RequirementKind.X509,
        3 => RequirementKind.Specified,
        _ => RequirementKind.None,
    };

    private static RequirementError FailBadRecord() => new(RequirementErrorKind.BadRecord, 0, RequirementPart.Record);
}
