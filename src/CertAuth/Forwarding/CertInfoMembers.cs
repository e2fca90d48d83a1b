using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text;
using CertAuth.Json;

namespace CertAuth.Forwarding;

/// <summary>The positions of the members in an info that has exactly the members of version 1, each once and with the right type.</summary>
internal ref struct CertInfoMembers
{
    private const int Count = 15;

    // No member is an object or an array. Depth 2 suffices to reject such a value by the name or the type of its member.
    private const int MaxDepth = 2;

    /// <summary>The last second of the year 9999, in seconds since 1970-01-01T00:00:00Z.</summary>
    private const long MaxInteger = 253_402_300_799;

    // The number of digits of MaxInteger.
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

    /// <summary>Reads an info whose signature was verified.</summary>
    /// <param name="info">The info. The caller limits its length.</param>
    /// <param name="members">The members.</param>
    /// <param name="rejection">The reason why the info is rejected; null on success.</param>
    internal static bool TryRead(ReadOnlySpan<byte> info, out CertInfoMembers members, [NotNullWhen(false)] out Rejection? rejection)
    {
        members = new(info);
        rejection = members.ReadAll();
        return rejection is null;
    }

    /// <summary>Returns the name of a member, in ASCII.</summary>
    internal static ReadOnlySpan<byte> GetName(CertInfoMember member) => s_names[(int)member];

    /// <summary>Returns the value of a string member in UTF-8, with its escapes resolved.</summary>
    internal readonly ReadOnlySpan<byte> GetText(CertInfoMember member)
    {
        ReadOnlySpan<byte> raw = GetRaw(member);
        if (!raw.Contains((byte)'\\'))
            return raw;

        byte[] text = new byte[raw.Length];
        JsonText.TryUnescape(raw, text, out int length);
        return text.AsSpan(0, length);
    }

    /// <summary>Returns the value of an integer member.</summary>
    internal readonly long GetInteger(CertInfoMember member)
    {
        long number = 0;
        foreach (byte digit in GetRaw(member))
            number = (number * 10) + (digit - '0');
        return number;
    }

    private readonly ReadOnlySpan<byte> GetRaw(CertInfoMember member) =>
        _info.Slice(_ranges[(int)member].Start, _ranges[(int)member].Length);

    private Rejection? ReadAll()
    {
        if (!JsonReader.TryOpenObject(_info, MaxDepth, JsonNameUniqueness.Everywhere, out JsonReader reader))
            return RejectJson();

        int next = 0;
        JsonReadStatus status;
        while ((status = reader.ReadMember(out ReadOnlySpan<byte> name, out JsonValue value)) == JsonReadStatus.Read)
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

        return status switch
        {
            JsonReadStatus.Repeated => new(RejectionReason.ForwardedInfoMemberRepeated, "each member once", "a repeated member"),
            JsonReadStatus.End => _present == (1 << Count) - 1 ? null : RejectMissing(),
            _ => RejectJson(),
        };
    }

    private readonly int IndexOf(ReadOnlySpan<byte> part)
    {
        _info.Overlaps(part, out int start);
        return start;
    }

    // Members may be in any order. In the order in which the library writes them, each needs only one comparison.
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

    // Only digits: no sign, fraction or exponent.
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
        IEnumerable<int> missing = Enumerable.Range(0, Count).Where(i => (present & (1 << i)) == 0);
        return new(RejectionReason.ForwardedInfoMemberMissing, string.Join(", ", missing.Select(i => Describe((CertInfoMember)i))));
    }

    private static Rejection RejectJson() => new(RejectionReason.ForwardedInfoMalformed, "one JSON object", "another text");

    private static Rejection RejectUnknown(ReadOnlySpan<byte> name) =>
        new(RejectionReason.ForwardedInfoMemberUnknown, "the members of version 1", JsonText.GetString(name));

    private static Rejection RejectType(CertInfoMember member, JsonKind kind) => new(
        RejectionReason.ForwardedInfoMemberBadType,
        $"{Describe(member)} as {(IsOfType(member, new(JsonKind.String, default)) ? "a string" : $"an integer from 0 to {MaxInteger}")}",
        kind == JsonKind.Number ? "another number" : JsonKindNames.Describe(kind));

    private static string Describe(CertInfoMember member) => Encoding.ASCII.GetString(GetName(member));

    [InlineArray(Count)]
    private struct MemberRanges
    {
        private (int Start, int Length) _first;
    }
}
