using CertAuth.Json;

namespace CertAuth.AuthTokens;

/// <summary>The positions of the checked claims in a payload.</summary>
internal struct TokenClaims
{
    internal ClaimRange Subject;
    internal ClaimRange Issuer;
    internal ClaimRange Email;
    internal ClaimRange IssuedAt;
    internal ClaimRange Expires;
    internal ClaimRange NotBefore;
    internal ClaimRange Audience;

    /// <summary>Locates the claims in one pass. Returns false if the payload is not one JSON object, has a repeated member or exceeds a
    /// limit.</summary>
    internal static bool TryRead(ReadOnlySpan<byte> payload, out TokenClaims claims)
    {
        claims = default;
        if (!JsonReader.TryOpenObject(payload, JwsHeader.MaxDepth, JsonNameUniqueness.Everywhere, out JsonReader members))
            return false;

        JsonReadStatus status;
        while ((status = members.ReadMember(out ReadOnlySpan<byte> name, out JsonValue value)) == JsonReadStatus.Read)
            claims.StoreClaim(name, ClaimRange.Locate(payload, value));
        return status == JsonReadStatus.End;
    }

    private void StoreClaim(ReadOnlySpan<byte> name, ClaimRange claim)
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
