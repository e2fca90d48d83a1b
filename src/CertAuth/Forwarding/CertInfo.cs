using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using CertAuth.Json;

namespace CertAuth.Forwarding;

/// <summary>An info that has exactly the members of <see cref="CertInfoMembers"/>, each once and with an accepted value.</summary>
internal readonly ref struct CertInfo
{
    // No member is an object or an array. Depth 2 suffices to reject such a value by the name or the type of its member.
    private const int MaxDepth = 2;

    private readonly ReadOnlySpan<byte> _text;
    private readonly Values _values;

    private CertInfo(ReadOnlySpan<byte> text, scoped in Values values)
    {
        _text = text;
        _values = values;
    }

    /// <summary>Reads an info whose signature was verified.</summary>
    /// <param name="text">The text. The caller limits its length.</param>
    /// <param name="info">The info.</param>
    /// <param name="rejection">The reason why the info is rejected; null on success.</param>
    internal static bool TryRead(ReadOnlySpan<byte> text, out CertInfo info, [NotNullWhen(false)] out Rejection? rejection)
    {
        rejection = ReadValues(text, out Values values);
        info = new(text, values);
        return rejection is null;
    }

    /// <summary>Returns the value of a member in UTF-8, with its escapes resolved.</summary>
    internal ReadOnlySpan<byte> Get(CertInfoText member) => CertInfoText.Read(_values[member.Index].In(_text));

    /// <summary>Returns the value of a member.</summary>
    internal long Get(CertInfoInteger member) => CertInfoInteger.Read(_values[member.Index].In(_text));

    private static Rejection? ReadValues(ReadOnlySpan<byte> text, out Values values)
    {
        values = default;
        if (!JsonReader.TryOpenObject(text, MaxDepth, JsonNameUniqueness.Everywhere, out JsonReader reader))
            return RejectJson();

        int next = 0;
        JsonReadStatus status;
        while ((status = reader.ReadMember(out ReadOnlySpan<byte> name, out JsonValue value)) == JsonReadStatus.Read)
        {
            if (FindOrNull(name, next) is not { } member)
                return RejectUnknown(name);
            if (!member.Accepts(value))
                return RejectType(member, value.Kind);

            values[member.Index] = JsonRange.Locate(text, value);
            next = member.Index + 1;
        }

        return status switch
        {
            JsonReadStatus.Repeated => new(RejectionReason.ForwardedInfoMemberRepeated, "each member once", "a repeated member"),
            JsonReadStatus.End => CheckMissing(values),
            _ => RejectJson(),
        };
    }

    // Members may be in any order. In the order in which the library writes them, each needs only one comparison.
    private static CertInfoMember? FindOrNull(ReadOnlySpan<byte> name, int expected)
    {
        for (int i = 0; i < CertInfoMembers.Count; i++)
        {
            CertInfoMember member = CertInfoMembers.All[(expected + i) % CertInfoMembers.Count];
            if (JsonText.EqualsUtf8(name, member.Name.EncodedUtf8Bytes))
                return member;
        }

        return null;
    }

    private static Rejection? CheckMissing(ReadOnlySpan<JsonRange> values)
    {
        List<string>? missing = null;
        foreach (CertInfoMember member in CertInfoMembers.All)
        {
            if (values[member.Index].Kind == JsonKind.None)
                (missing ??= []).Add(member.Name.Value);
        }

        return missing is null ? null : new(RejectionReason.ForwardedInfoMemberMissing, string.Join(", ", missing));
    }

    private static Rejection RejectJson() => new(RejectionReason.ForwardedInfoMalformed, "one JSON object", "another text");

    private static Rejection RejectUnknown(ReadOnlySpan<byte> name) => new(
        RejectionReason.ForwardedInfoMemberUnknown, $"the members of version {CertInfoMembers.SupportedVersion}", JsonText.GetString(name));

    private static Rejection RejectType(CertInfoMember member, JsonKind kind) => new(
        RejectionReason.ForwardedInfoMemberBadType,
        $"{member.Name} as {member.AcceptedValues}",
        kind == JsonKind.Number ? "another number" : JsonKindNames.Describe(kind));

    [InlineArray(CertInfoMembers.Count)]
    private struct Values
    {
        private JsonRange _first;
    }
}
