using System.Text;
using CertAuth.Json;
using CertAuth.Signing;

namespace CertAuth.AuthTokens;

/// <summary>The header of a token (RFC 7515, 4), read in one pass and checked in the order of the specification.</summary>
internal ref struct JwsHeader
{
    /// <summary>How deep a header or a payload may nest.</summary>
    internal const int MaxDepth = 32;

    private JsonValue _algorithm;
    private JsonValue _type;
    private bool _hasContentType;
    private bool _hasExtension;

    /// <summary>The <c>kid</c>, its escapes not resolved.</summary>
    internal JsonValue KeyId { get; private set; }

    /// <summary>Reads and checks all but the key; the algorithm is null where the answer isn't None.</summary>
    internal RejectionReason Read(ReadOnlySpan<byte> json, int allowedAlgorithms, out SignatureAlgorithmInfo? algorithm)
    {
        algorithm = null;
        if (!JsonReader.TryOpenObject(json, MaxDepth, JsonNameUniqueness.Everywhere, out JsonReader members))
            return RejectionReason.TokenBadHeader;

        JsonReadStatus step;
        while ((step = members.ReadMember(out ReadOnlySpan<byte> name, out JsonValue value)) == JsonReadStatus.Read)
            StoreMember(name, value);
        if (step != JsonReadStatus.End)
            return RejectionReason.TokenBadHeader;

        // RFC 8725, 3.11: "typ" is absent or JWT; RFC 7519, 5.2: "cty" says that something else is inside.
        if (_hasContentType || !IsJwt())
            return RejectionReason.TokenTypeNotAllowed;
        if (_hasExtension)
            return RejectionReason.TokenExtensionNotAllowed;

        algorithm = FindAlgorithm();
        if (algorithm is null || (allowedAlgorithms & (1 << (int)algorithm.Algorithm)) == 0)
            return RejectionReason.TokenAlgorithmNotAllowed;
        return KeyId.Kind == JsonKind.String && JwkReader.IsKeyIdWithinLimit(KeyId.Raw) ? RejectionReason.None : RejectionReason.TokenKeyIdMissing;
    }

    /// <summary>What was required and presented, for a reason that <see cref="Read"/> gave.</summary>
    internal readonly RejectionDetails DescribeRejection(RejectionReason reason) => reason switch
    {
        RejectionReason.TokenTypeNotAllowed => new("typ JWT or none, and no cty", _hasContentType ? "a cty" : Describe(_type)),
        RejectionReason.TokenExtensionNotAllowed => new("no crit, b64 or zip", "one of them"),
        RejectionReason.TokenAlgorithmNotAllowed => new("an algorithm that is allowed", Describe(_algorithm)),
        RejectionReason.TokenKeyIdMissing => new($"a kid of at most {JwkReader.MaxKeyIdBytes} octets", Describe(KeyId)),
        _ => new($"one JSON object, each member once, at most {JsonMemberNames.MaxMembers} in an object", "a header that is not"),
    };

    private static string? Describe(JsonValue value) => value.Kind switch
    {
        JsonKind.None => null,
        JsonKind.String => ClaimRange.DescribeString(value.Raw),
        _ => $"({value.Kind})",
    };

    // jku, x5u, jwk and x5c are never a source of keys; their presence changes nothing.
    private void StoreMember(ReadOnlySpan<byte> name, JsonValue value)
    {
        if (JsonText.EqualsUtf8(name, "alg"u8))
            _algorithm = value;
        else if (JsonText.EqualsUtf8(name, "kid"u8))
            KeyId = value;
        else if (JsonText.EqualsUtf8(name, "typ"u8))
            _type = value;
        else if (JsonText.EqualsUtf8(name, "cty"u8))
            _hasContentType = true;
        else if (JsonText.EqualsUtf8(name, "crit"u8) || JsonText.EqualsUtf8(name, "b64"u8) || JsonText.EqualsUtf8(name, "zip"u8))
            _hasExtension = true;
    }

    private readonly bool IsJwt()
    {
        if (_type.Kind == JsonKind.None)
            return true;

        Span<byte> type = stackalloc byte[4];
        return _type.Kind == JsonKind.String && JsonText.TryUnescape(_type.Raw, type, out int length)
            && Ascii.EqualsIgnoreCase(type[..length], "JWT"u8);
    }

    private readonly SignatureAlgorithmInfo? FindAlgorithm()
    {
        Span<byte> name = stackalloc byte[8];
        return _algorithm.Kind == JsonKind.String && JsonText.TryUnescape(_algorithm.Raw, name, out int length)
            ? SignatureAlgorithmInfo.Find(name[..length])
            : null;
    }
}
