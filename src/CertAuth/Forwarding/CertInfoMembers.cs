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
    private MemberRanges _ranges;
    private int _present;

    private CertInfoMembers(ReadOnlySpan<byte> info) => _info = info;

    /// <summary>Reads an info that was verified.</summary>
    /// <param name="info">The caller bounds its length.</param>
    /// <param name="members">The members.</param>
    /// <param name="rejection">Why not, or null.</param>
    internal static bool TryRead(ReadOnlySpan<byte> info, out CertInfoMembers members, [NotNullWhen(false)] out Rejection? rejection)
    {
        members = new(info);
        rejection = members.ReadAll();
        return rejection is null;
    }

    /// <summary>The name of a member.</summary>
    internal static ReadOnlySpan<byte> GetName(CertInfoMember member) => s_names[(int)member];

    /// <summary>The characters of a text member, escapes resolved: UTF-8.</summary>
    internal readonly ReadOnlySpan<byte> GetText(CertInfoMember member)
    {
        ReadOnlySpan<byte> raw = GetRaw(member);
        if (!raw.Contains((byte)'\\'))
            return raw;

        byte[] text = new byte[raw.Length];
        JsonText.TryUnescape(raw, text, out int length);
        return text.AsSpan(0, length);
    }

    /// <summary>The number of an integer member.</summary>
    internal readonly long GetInteger(CertInfoMember member)
    {
        long number = 0;
        foreach (byte digit in GetRaw(member))
            number = (number * 10) + (digit - '0');
        return number;
    }

    private readonly ReadOnlySpan<byte> GetRaw(CertInfoMember member) => _info.Slice(_ranges[(int)member].Start, _ranges[(int)member].Length);

    private Rejection? ReadAll()
    {
        if (!JsonReader.TryOpenObject(_info, MaxDepth, JsonNameUniqueness.Everywhere, out JsonReader reader))
            return RejectJson();

        int next = 0;
        JsonReadStatus step;
        while ((step = reader.ReadMember(out ReadOnlySpan<byte> name, out JsonValue value)) == JsonReadStatus.Read)
        {
            int member = Find(name, next);
            if (member < 0)
                return RejectUnknown(name);
            if (!IsOfType((CertInfoMember)member, value))
                return RejectType((CertInfoMember)member, value.Kind);

            _ranges[member] = (value.Raw.IsEmpty ? 0 : IndexOf(value.Raw), value.Raw.Length);
            _present |= 1 << member;
            next = member + 1;
        }

        return step switch
        {
            JsonReadStatus.Repeated => new(RejectionReason.ForwardedInfoMemberRepeated, "each member once", "a repeated one"),
            JsonReadStatus.End => _present == (1 << Count) - 1 ? null : RejectMissing(),
            _ => RejectJson(),
        };
    }

    private readonly int IndexOf(ReadOnlySpan<byte> part)
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

    private readonly Rejection RejectMissing()
    {
        int present = _present;
        string missing = string.Join(", ", Enumerable.Range(0, Count).Where(i => (present & (1 << i)) == 0).Select(i => Describe((CertInfoMember)i)));
        return new(RejectionReason.ForwardedInfoMemberMissing, missing);
    }

    private static Rejection RejectJson() => new(RejectionReason.ForwardedInfoMalformed, "one strict JSON object", "something else");

    private static Rejection RejectUnknown(ReadOnlySpan<byte> name) =>
        new(RejectionReason.ForwardedInfoMemberUnknown, "the members of version 1", JsonText.GetString(name));

    private static Rejection RejectType(CertInfoMember member, JsonKind kind) => new(
        RejectionReason.ForwardedInfoMemberBadType,
        $"{Describe(member)} as {(IsOfType(member, new(JsonKind.String, default)) ? "a string" : "digits up to the year 9999")}",
        $"{kind}");

    private static string Describe(CertInfoMember member) => System.Text.Encoding.ASCII.GetString(GetName(member));

    [InlineArray(Count)]
    private struct MemberRanges
    {
        private (int Start, int Length) _first;
    }
}
