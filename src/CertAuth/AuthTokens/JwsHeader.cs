using System.Text;
using CertAuth.Json;
using CertAuth.Keys;
using CertAuth.Signing;

namespace CertAuth.AuthTokens;

/// <summary>The members of the header of a token that are checked (RFC 7515, 4).</summary>
/// <remarks>The order of the checks is fixed, because the first check that fails determines the reason.</remarks>
internal ref struct JwsHeader
{
    private JsonValue _algorithm;
    private JsonValue _type;
    private bool _hasContentType;
    private bool _hasExtension;

    /// <summary>Gets the <c>kid</c>, with unresolved escapes.</summary>
    internal JsonValue KeyId { readonly get; private set; }

    /// <summary>Reads a header in one pass. Returns false if it is not one JSON object, has a repeated member or exceeds a
    /// limit.</summary>
    internal static bool TryRead(ReadOnlySpan<byte> json, out JwsHeader header)
    {
        header = default;
        if (!JsonReader.TryOpenObject(json, AuthTokenBounds.MaxDepth, JsonNameUniqueness.Everywhere, out JsonReader members))
            return false;

        JsonReadStatus status;
        while ((status = members.ReadMember(out ReadOnlySpan<byte> name, out JsonValue value)) == JsonReadStatus.Read)
            header.StoreMember(name, value);
        return status == JsonReadStatus.End;
    }

    /// <summary>Checks everything except the key. Returns the rejection of the first check that fails; otherwise null, and a scheme that
    /// is not null.</summary>
    internal readonly Rejection? Check(int allowedAlgorithms, out SignatureScheme? scheme)
    {
        scheme = null;

        // RFC 8725, 3.11: "typ" is absent or JWT. RFC 7519, 5.2: "cty" indicates a nested token.
        if (_hasContentType || !IsJwt())
            return RejectType();
        if (_hasExtension)
            return RejectExtension();

        scheme = FindScheme();
        if (scheme is null || (allowedAlgorithms & (1 << (int)scheme.Algorithm)) == 0)
            return new(RejectionReason.TokenAlgorithmNotAllowed, "an allowed algorithm", TokenText.Describe(_algorithm));
        return KeyId.Kind == JsonKind.String && JwkReader.IsKeyIdWithinLimit(KeyId.Raw) ? null : RejectKeyId();
    }

    private readonly Rejection RejectType() => new(
        RejectionReason.TokenTypeNotAllowed, "a typ of JWT or no typ, and no cty", _hasContentType ? "a cty" : TokenText.Describe(_type));

    private static Rejection RejectExtension() => new(
        RejectionReason.TokenExtensionNotAllowed, "a header without crit, b64 and zip", "a header with at least one of them");

    private readonly Rejection RejectKeyId() => new(
        RejectionReason.TokenKeyIdMissing, $"a kid of at most {SigningBounds.MaxKeyIdBytes} bytes", TokenText.Describe(KeyId));

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
