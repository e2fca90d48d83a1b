using CertAuth.Json;

namespace CertAuth.AuthTokens;

/// <summary>The positions of the checked claims in a payload.</summary>
internal struct TokenClaims
{
    internal JsonRange Subject;
    internal JsonRange Issuer;
    internal JsonRange Email;
    internal JsonRange IssuedAt;
    internal JsonRange Expires;
    internal JsonRange NotBefore;
    internal JsonRange Audience;

    /// <summary>Locates the claims in one pass. Returns false if the payload is not one JSON object, has a repeated member or exceeds a
    /// limit.</summary>
    internal static bool TryRead(ReadOnlySpan<byte> payload, out TokenClaims claims)
    {
        claims = default;
        if (!JsonReader.TryOpenObject(payload, AuthTokenBounds.MaxDepth, JsonNameUniqueness.Everywhere, out JsonReader members))
            return false;

        JsonReadStatus status;
        while ((status = members.ReadMember(out ReadOnlySpan<byte> name, out JsonValue value)) == JsonReadStatus.Read)
            claims.StoreClaim(name, JsonRange.Locate(payload, value));
        return status == JsonReadStatus.End;
    }

    private void StoreClaim(ReadOnlySpan<byte> name, JsonRange claim)
    {
        if (JsonText.EqualsUtf8(name, "sub"u8))
            Subject = claim;
        else if (JsonText.EqualsUtf8(name, "iss"u8))
            Issuer = claim;
        else if (JsonText.EqualsUtf8(name, "email"u8))
            Email = claim;
        else if (JsonText.EqualsUtf8(name, "iat"u8))
            IssuedAt = claim;
        else if (JsonText.EqualsUtf8(name, "exp"u8))
            Expires = claim;
        else if (JsonText.EqualsUtf8(name, "nbf"u8))
            NotBefore = claim;
        else if (JsonText.EqualsUtf8(name, "aud"u8))
            Audience = claim;
    }
}
