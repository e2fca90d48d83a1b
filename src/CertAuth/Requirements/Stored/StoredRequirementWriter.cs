using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace CertAuth.Requirements;

/// <summary>Writes the stored form of a requirement.</summary>
internal static class StoredRequirementWriter
{
    /// <summary>Returns the stored form; null and the error if the servers of the format would not enforce the requirement.</summary>
    internal static StoredRequirement? Write(RequirementParts requirement, StoredRequirementFormat format, out RequirementError error)
    {
        if (!Enum.IsDefined(format))
            throw new ArgumentOutOfRangeException(nameof(format), format, "The format is undefined.");

        error = FindError(requirement, format);
        if (error.Kind != RequirementErrorKind.None)
            return null;

        List<(string Member, string Value)> members = [];
        if (requirement.Kind == RequirementKind.Specified && format == StoredRequirementFormat.CertAuth)
            AddClause(members, requirement);
        else if (requirement.Kind == RequirementKind.Specified)
            error = AddOptions(members, requirement.Alternatives[0], format);
        if (error.Kind != RequirementErrorKind.None)
            return null;

        string json = Format(requirement.Kind, members);
        if (json.Length <= RequirementBounds.MaxStoredLength)
            return new(json, requirement.TokenIssuer);
        error = new(RequirementErrorKind.TooLong, RequirementBounds.MaxStoredLength);
        return null;
    }

    private static RequirementError FindError(RequirementParts requirement, StoredRequirementFormat format)
    {
        string? obstacle = requirement.Kind == RequirementKind.Malformed ? "it is malformed; keep the record from which it was read"
            : format != StoredRequirementFormat.CertAuth && requirement.Alternatives.Length > 1 ? "the server does not know OR"
            : null;
        if (obstacle is not null)
            return new(RequirementErrorKind.NotStorable, 0, RequirementPart.Record) { Obstacle = obstacle };
        return format == StoredRequirementFormat.MariaDb && requirement.TokenIssuer is not null
            ? NotStorable(RequirementPart.TokenIssuer, "the server does not know this option")
            : default;
    }

    private static void AddClause(List<(string Member, string Value)> members, RequirementParts requirement)
    {
        members.Add((StoredMembers.Subject, StoredMembers.ClauseSubject));
        members.Add((StoredMembers.Clause, (requirement with { TokenIssuer = null }).ToString()));
    }

    private static RequirementError AddOptions(
        List<(string Member, string Value)> members, RequirementAlternative alternative, StoredRequirementFormat format)
    {
        foreach (RequirementOption option in alternative.Options)
        {
            if (RequirementOptionTypes.Get(option.Part).StoredMember is not { } member)
                return NotStorable(option.Part, "the server does not know this option");
            if (option.ToStored(format, out string? obstacle) is not { } value)
                return NotStorable(option.Part, obstacle!);
            members.Add((member, value));
        }

        // Measured on MariaDB 10.11: without an issuer or a subject, a client needs no certificate.
        return format == StoredRequirementFormat.MariaDb && alternative.Options is [CipherOption]
            ? NotStorable(RequirementPart.Cipher, "without ISSUER or SUBJECT, MariaDB does not require a certificate")
            : default;
    }

    private static RequirementError NotStorable(RequirementPart part, string obstacle) =>
        new(RequirementErrorKind.NotStorable, 0, part) { Obstacle = obstacle };

    private static string Format(RequirementKind kind, List<(string Member, string Value)> members)
    {
        ArrayBufferWriter<byte> utf8 = new();
        using (Utf8JsonWriter writer = new(utf8, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartObject();
            if (kind != RequirementKind.None)
                writer.WriteNumber(StoredMembers.Type, (int)kind);
            foreach ((string member, string value) in members)
                writer.WriteString(member, value);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(utf8.WrittenSpan);
    }
}
