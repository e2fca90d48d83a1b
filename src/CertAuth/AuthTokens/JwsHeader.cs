using System.Text;
using CertAuth.Json;
using CertAuth.Keys;
using CertAuth.Signing;

namespace CertAuth.AuthTokens;

/// <summary>Reads the header of a token (RFC 7515, 4) in one pass and checks it.</summary>
/// <remarks>The order of the checks is fixed, because the first check that fails determines the reason.</remarks>
internal ref struct JwsHeader
{
    /// <summary>The maximum nesting depth of a header or a payload.</summary>
    internal const int MaxDepth = 32;

    private JsonValue _algorithm;
    private JsonValue _type;
    private bool _hasContentType;
    private bool _hasExtension;

    /// <summary>Gets the <c>kid</c>, with unresolved escapes.</summary>
    internal JsonValue KeyId { get; private set; }

    /// <summary>Reads the header and checks everything except the key. Returns the reason of the first check that fails, or
    /// <see cref="RejectionReason.None"/>; the scheme is not null if the reason is None.</summary>
    internal RejectionReason Read(ReadOnlySpan<byte> json, int allowedAlgorithms, out SignatureScheme? scheme)
    {
        scheme = null;
        if (!JsonReader.TryOpenObject(json, MaxDepth, JsonNameUniqueness.Everywhere, out JsonReader members))
            return RejectionReason.TokenBadHeader;

        JsonReadStatus status;
        while ((status = members.ReadMember(out ReadOnlySpan<byte> name, out JsonValue value)) == JsonReadStatus.Read)
            StoreMember(name, value);
        if (status != JsonReadStatus.End)
            return RejectionReason.TokenBadHeader;

        // RFC 8725, 3.11: "typ" is absent or JWT. RFC 7519, 5.2: "cty" indicates a nested token.
        if (_hasContentType || !IsJwt())
            return RejectionReason.TokenTypeNotAllowed;
        if (_hasExtension)
            return RejectionReason.TokenExtensionNotAllowed;

        scheme = FindScheme();
        if (scheme is null || (allowedAlgorithms & (1 << (int)scheme.Algorithm)) == 0)
            return RejectionReason.TokenAlgorithmNotAllowed;
        return KeyId.Kind == JsonKind.String && JwkReader.IsKeyIdWithinLimit(KeyId.Raw)
            ? RejectionReason.None
            : RejectionReason.TokenKeyIdMissing;
    }

    /// <summary>Returns the facts of the rejection for a reason that <see cref="Read"/> returned.</summary>
    internal readonly RejectionDetails DescribeRejection(RejectionReason reason) => reason switch
    {
        RejectionReason.TokenTypeNotAllowed => new("a typ of JWT or no typ, and no cty", _hasContentType ? "a cty" : Describe(_type)),
        RejectionReason.TokenExtensionNotAllowed => new("a header without crit, b64 and zip", "a header with at least one of them"),
        RejectionReason.TokenAlgorithmNotAllowed => new("an allowed algorithm", Describe(_algorithm)),
        RejectionReason.TokenKeyIdMissing => new($"a kid of at most {SigningBounds.MaxKeyIdBytes} bytes", Describe(KeyId)),
        _ => new(
            $"one JSON object without repeated members, at most {JsonBounds.MaxMembers} members in each object",
            "a header of another form"),
    };

    private static string? Describe(JsonValue value) => value.Kind switch
    {
        JsonKind.None => null,
        JsonKind.String => ClaimRange.DescribeString(value.Raw),
        _ => $"({JsonKindNames.Describe(value.Kind)})",
    };

    // jku, x5u, jwk and x5c are ignored: they are never a source of keys.
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

    private readonly SignatureScheme? FindScheme()
    {
        Span<byte> name = stackalloc byte[8];
        return _algorithm.Kind == JsonKind.String && JsonText.TryUnescape(_algorithm.Raw, name, out int length)
            ? SignatureScheme.FindByName(name[..length])
            : null;
    }
}
