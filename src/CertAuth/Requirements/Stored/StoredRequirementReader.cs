using System.Text;
using System.Text.Json;

namespace CertAuth.Requirements;

/// <summary>Reads the stored form of a requirement. Any error makes the requirement malformed.</summary>
internal static class StoredRequirementReader
{
    /// <summary>Reads a record. Returns the first error, which makes the requirement malformed; otherwise, no error.</summary>
    internal static RequirementError Read(StoredRequirement stored, out RequirementParts requirement)
    {
        requirement = default;
        try
        {
            return stored.Json.Length > RequirementBounds.MaxStoredLength
                ? new(RequirementErrorKind.TooLong, RequirementBounds.MaxStoredLength)
                : ReadMembers(stored.Json, out Dictionary<string, object> members) is { Kind: not RequirementErrorKind.None } found ? found
                : ReadRequirement(members, stored.TokenIssuer, out requirement);
        }

        // EncoderFallbackException: the text has an unpaired surrogate. InvalidOperationException: an escape represents one.
        catch (Exception e) when (e is JsonException or EncoderFallbackException or InvalidOperationException)
        {
            return FailBadRecord();
        }
    }

    // Reads the known members: the type as a number, the others as text. MariaDB writes each absent option as an empty text.
    private static RequirementError ReadMembers(string json, out Dictionary<string, object> members)
    {
        members = [];
        Utf8JsonReader reader = new(StrictUtf8.GetBytes(json));
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            return FailBadRecord();

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            bool isKnown = StoredMembers.All.Contains(name);
            if (!isKnown && IsMiscasedMember(name))
                return FailBadRecord();

            reader.Read();
            if (!isKnown)
            {
                reader.Skip();
                continue;
            }

            RequirementError error = ReadValue(name, ref reader, out object? value);
            if (error.Kind != RequirementErrorKind.None)
                return error;
            if (!members.TryAdd(name, value!))
                return FailBadRecord();
        }

        // The object has ended. The reader throws if anything follows it.
        reader.Read();
        return default;
    }

    private static RequirementError ReadValue(string name, ref Utf8JsonReader reader, out object? value)
    {
        value = null;
        bool isType = name == StoredMembers.Type;
        if (reader.TokenType != (isType ? JsonTokenType.Number : JsonTokenType.String))
            return FailBadRecord();
        if (!isType)
            value = reader.GetString()!;
        else if (reader.TryGetInt32(out int type) && type is >= -1 and <= StoredMembers.SpecifiedType)
            value = type;
        return value is null ? FailTypeMismatch() : default;
    }

    private static RequirementError ReadRequirement(
        Dictionary<string, object> members, string? tokenIssuer, out RequirementParts requirement)
    {
        requirement = default;
        int? type = members.TryGetValue(StoredMembers.Type, out object? number) ? (int)number : null;
        RequirementError error = OptionValue.CheckTokenIssuer(tokenIssuer ?? "");
        if (error.Kind != RequirementErrorKind.None)
            return error;
        if (members.ContainsKey(StoredMembers.Clause))
            return ReadClause(members, tokenIssuer, out requirement);

        List<RequirementOption> options = [];
        foreach (RequirementOptionType optionType in RequirementOptionTypes.All)
        {
            if (optionType.StoredMember is null || members.GetValueOrDefault(optionType.StoredMember) is not string { Length: > 0 } value)
                continue;
            error = OptionValue.TryParse(optionType, value, out RequirementOption? option);
            if (option is null)
                return error;
            options.Add(option);
        }

        // The type is 3 if and only if there are options. A record with neither a type nor options is NONE.
        if ((type == StoredMembers.SpecifiedType) != (options.Count > 0))
            return FailTypeMismatch();
        RequirementKind kind = type is null or < 0 ? RequirementKind.None : (RequirementKind)type;
        requirement = new(kind, options.Count > 0 ? [new(options)] : [], OptionValue.EmptyToNull(tokenIssuer));
        return default;
    }

    // The record must be exactly what the writer writes, so that no server reads a weaker requirement than this library.
    private static RequirementError ReadClause(
        Dictionary<string, object> members, string? tokenIssuer, out RequirementParts requirement)
    {
        requirement = default;
        bool isExact = members.Count == 3 && members.GetValueOrDefault(StoredMembers.Type) is StoredMembers.SpecifiedType
            && members.GetValueOrDefault(StoredMembers.Subject) is StoredMembers.ClauseSubject;
        if (!isExact)
            return FailBadRecord();
        RequirementError error = new ClauseParser((string)members[StoredMembers.Clause]).Parse(out RequirementParts clause);
        if (error.Kind != RequirementErrorKind.None)
            return error;
        if (clause.Kind != RequirementKind.Specified || clause.TokenIssuer is not null)
            return FailTypeMismatch();
        requirement = clause with { TokenIssuer = OptionValue.EmptyToNull(tokenIssuer) };
        return default;
    }

    // A server written in Go compares member names by Unicode case folding, which also folds the long s and the Kelvin sign. A name that it
    // would read as a known member must not be ignored here.
    private static bool IsMiscasedMember(string name) =>
        StoredMembers.All.Contains(name.Replace('\u017F', 's').Replace('\u212A', 'k'), StringComparer.OrdinalIgnoreCase);

    private static RequirementError FailBadRecord() => new(RequirementErrorKind.BadRecord, 0, RequirementPart.Record);

    private static RequirementError FailTypeMismatch() => new(RequirementErrorKind.SslTypeMismatch, 0, RequirementPart.Record);
}
