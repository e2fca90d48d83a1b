using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using CertAuth.Json;

namespace CertAuth.Forwarding;

/// <summary>The members of an info, where they stand: exactly those of version 1, each once and of its type.</summary>
internal ref struct CertInfoMembers
{
    private const int Count = 15;

    // Objects and arrays are refused as values, and what is in them isn't read.
    private const int MaxDepth = 2;

    /// <summary>The end of the year 9999, in seconds since 1970.</summary>
    private const long MaxInteger = 253_402_300_799;

    private const int MaxDigits = 12;

    private static readonly ImmutableArray<byte[]> s_names =
    [
        [.. "subject"u8], [.. "issuer"u8], [.. "SAN"u8], [.. "cipher"u8], [.. "tls"u8], [.. "x5t"u8], [.. "ciphers"u8], [.. "vfy"u8],
        [.. "srv_nbf"u8], [.. "srv_exp"u8], [.. "v"u8], [.. "iat"u8], [.. "exp"u8], [.. "nonce"u8], [.. "user"u8],
    ];

    private readonly ReadOnlySpan<byte> _info;
    private Places _places;
    private int _present;

    private CertInfoMembers(ReadOnlySpan<byte> info) => _info = info;

    /// <summary>Reads an info that was verified.</summary>
    /// <param name="info">The caller bounds its length.</param>
    /// <param name="members">The members.</param>
    /// <param name="refusal">Why not, or null.</param>
    internal static bool TryRead(ReadOnlySpan<byte> info, out CertInfoMembers members, [NotNullWhen(false)] out Refusal? refusal)
    {
        members = new(info);
        refusal = members.ReadAll();
        return refusal is null;
    }

    /// <summary>The name of a member.</summary>
    internal static ReadOnlySpan<byte> NameOf(CertInfoMember member) => s_names[(int)member];

    /// <summary>The characters of a text member, escapes resolved: UTF-8.</summary>
    internal readonly ReadOnlySpan<byte> Text(CertInfoMember member)
    {
        ReadOnlySpan<byte> raw = Raw(member);
        if (!raw.Contains((byte)'\\'))
            return raw;

        byte[] text = new byte[raw.Length];
        JsonText.TryUnescape(raw, text, out int length);
        return text.AsSpan(0, length);
    }

    /// <summary>The number of an integer member.</summary>
    internal readonly long Integer(CertInfoMember member)
    {
        long number = 0;
        foreach (byte digit in Raw(member))
            number = (number * 10) + (digit - '0');
        return number;
    }

    private readonly ReadOnlySpan<byte> Raw(CertInfoMember member) => _info.Slice(_places[(int)member].Start, _places[(int)member].Length);

    private Refusal? ReadAll()
    {
        if (!JsonReader.TryOpenObject(_info, MaxDepth, JsonNames.UniqueEverywhere, out JsonReader reader))
            return RefuseJson();

        int next = 0;
        JsonStep step;
        while ((step = reader.ReadMember(out ReadOnlySpan<byte> name, out JsonValue value)) == JsonStep.Read)
        {
            int member = Find(name, next);
            if (member < 0)
                return RefuseUnknown(name);
            if (!IsOfType((CertInfoMember)member, value))
                return RefuseType((CertInfoMember)member, value.Kind);

            _places[member] = (value.Raw.IsEmpty ? 0 : Start(value.Raw), value.Raw.Length);
            _present |= 1 << member;
            next = member + 1;
        }

        return step switch
        {
            JsonStep.Repeated => new(FailureReason.ForwardedMemberRepeated, "each member once", "a repeated one"),
            JsonStep.End => _present == (1 << Count) - 1 ? null : RefuseMissing(),
            _ => RefuseJson(),
        };
    }

    private readonly int Start(ReadOnlySpan<byte> part)
    {
        _info.Overlaps(part, out int start);
        return start;
    }

    // In any order; that in which we write them ourselves is found at once.
    private static int Find(ReadOnlySpan<byte> name, int expected)
    {
        for (int i = 0; i < Count; i++)
        {
            int member = (expected + i) % Count;
            if (JsonText.EqualsUtf8(name, s_names[member]))
                return member;
        }

        return -1;
    }

    private static bool IsOfType(CertInfoMember member, JsonValue value) => member switch
    {
        CertInfoMember.Verify or CertInfoMember.ServerNotBefore or CertInfoMember.ServerNotAfter or CertInfoMember.Version
            or CertInfoMember.IssuedAt or CertInfoMember.Expires => value.Kind == JsonKind.Number && IsInteger(value.Raw),
        _ => value.Kind == JsonKind.String,
    };

    // Digits only: no sign, no fraction, no exponent.
    private static bool IsInteger(ReadOnlySpan<byte> number)
    {
        if (number.Length > MaxDigits || number.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
            return false;

        long value = 0;
        foreach (byte digit in number)
            value = (value * 10) + (digit - '0');
        return value <= MaxInteger;
    }

    private readonly Refusal RefuseMissing()
    {
        int present = _present;
        string missing = string.Join(", ", Enumerable.Range(0, Count).Where(i => (present & (1 << i)) == 0).Select(i => Describe((CertInfoMember)i)));
        return new(FailureReason.ForwardedMemberMissing, missing);
    }

    private static Refusal RefuseJson() => new(FailureReason.ForwardedInfoMalformed, "one strict JSON object", "something else");

    private static Refusal RefuseUnknown(ReadOnlySpan<byte> name) =>
        new(FailureReason.ForwardedMemberUnknown, "the members of version 1", JsonText.ToText(name));

    private static Refusal RefuseType(CertInfoMember member, JsonKind kind) => new(
        FailureReason.ForwardedMemberBadType,
        $"{Describe(member)} as {(IsOfType(member, new(JsonKind.String, default)) ? "a string" : "digits up to the year 9999")}",
        $"{kind}");

    private static string Describe(CertInfoMember member) => System.Text.Encoding.ASCII.GetString(NameOf(member));

    [InlineArray(Count)]
    private struct Places
    {
        private (int Start, int Length) _first;
    }
}
