using CertAuth.Json;

namespace CertAuth.AuthTokens;

/// <summary>Where the claims that count stand in a payload, read in one pass.</summary>
internal struct TokenClaims
{
    internal ClaimText Subject;
    internal ClaimText Issuer;
    internal ClaimText Email;
    internal ClaimText IssuedAt;
    internal ClaimText Expires;
    internal ClaimText NotBefore;
    internal ClaimText Audience;

    /// <summary>False where the payload isn't one strict JSON object.</summary>
    internal static bool TryRead(ReadOnlySpan<byte> payload, out TokenClaims claims)
    {
        claims = default;
        if (!JsonReader.TryOpenObject(payload, JwsHeader.MaxDepth, JsonNames.UniqueEverywhere, out JsonReader members))
            return false;

        JsonStep step;
        while ((step = members.ReadMember(out ReadOnlySpan<byte> name, out JsonValue value)) == JsonStep.Read)
            claims.Keep(name, ClaimText.Of(payload, value));
        return step == JsonStep.End;
    }

    private void Keep(ReadOnlySpan<byte> name, ClaimText claim)
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
