using System.Collections.Immutable;
using System.Text;
using CertAuth.Json;

namespace CertAuth.AuthTokens;

/// <summary>Checks the claims of a token after its signature was verified.</summary>
/// <remarks>The order of the checks is fixed, because the first check that fails determines the reason.</remarks>
internal sealed class ClaimRules(AuthTokenOptions options)
{
    private readonly ImmutableArray<byte[]> _audiences = [.. options.Audiences.Select(Encoding.UTF8.GetBytes)];

    /// <summary>Returns the rejection of the first check that fails; null if the claims are accepted.</summary>
    internal Rejection? Check(ReadOnlySpan<byte> payload, in TokenClaims claims, ExpectedClaims expected)
    {
        JsonValue subject = claims.Subject.In(payload), issuer = claims.Issuer.In(payload), email = claims.Email.In(payload);
        if (!subject.IsString(expected.SubjectUtf8))
            return RejectMismatch(RejectionReason.TokenSubjectMismatch, expected.Subject, subject);
        bool isIssuer = expected.IssuerUtf8 is { } required
            ? issuer.IsString(required)
            : issuer.Kind is JsonKind.None or JsonKind.String;
        if (!isIssuer)
            return RejectMismatch(RejectionReason.TokenIssuerMismatch, expected.Issuer ?? "any string or none", issuer);
        if (!email.IsString(expected.EmailUtf8))
            return RejectMismatch(RejectionReason.TokenEmailMismatch, expected.Email, email);
        return CheckTimes(claims.IssuedAt.In(payload), claims.Expires.In(payload), claims.NotBefore.In(payload))
            ?? CheckAudience(claims.Audience.In(payload));
    }

    private Rejection? CheckTimes(JsonValue iat, JsonValue exp, JsonValue nbf)
    {
        DateTimeOffset now = options.TimeProvider.GetUtcNow();
        long ticks = (now - DateTimeOffset.UnixEpoch).Ticks;
        long skew = options.ClockSkew.Ticks;

        // iat: not later than now and not older than the maximum age. Both limits are inclusive.
        if (!TryReadTime(iat, out NumericDate issuedAt))
            return RejectMalformedTime("iat", iat);
        if (!issuedAt.IsAtOrBefore(ticks + skew))
            return RejectTime(RejectionReason.TokenIssuedInFuture, $"iat at or before {now:O}", issuedAt);
        if (!issuedAt.IsAtOrAfter(ticks - options.MaxTokenAge.Ticks - skew))
            return RejectTime(RejectionReason.TokenMaxAgeExceeded, $"iat within {options.MaxTokenAge} before {now:O}", issuedAt);

        // exp: now or later. A token is accepted at exactly this time, which RFC 7519, 4.1.4 does not allow.
        if (!TryReadTime(exp, out NumericDate expires))
            return RejectMalformedTime("exp", exp);
        if (!expires.IsAtOrAfter(ticks - skew))
            return RejectTime(RejectionReason.TokenExpired, $"exp at or after {now:O}", expires);

        if (nbf.Kind == JsonKind.None)
            return null;
        if (!TryReadTime(nbf, out NumericDate notBefore))
            return RejectMalformedTime("nbf", nbf);
        return notBefore.IsAtOrBefore(ticks + skew)
            ? null
            : RejectTime(RejectionReason.TokenNotYetValid, $"nbf at or before {now:O}", notBefore);
    }

    // RFC 7519, 4.1.3: a string or an array of strings, at least one of which must be an accepted audience.
    private Rejection? CheckAudience(JsonValue audience)
    {
        bool isAccepted = audience.Kind switch
        {
            JsonKind.None => true,
            JsonKind.String => IsAcceptedAudience(audience.Raw),
            JsonKind.Array => ContainsAcceptedAudience(audience.Raw),
            _ => false,
        };
        return isAccepted
            ? null
            : new(RejectionReason.TokenAudienceMismatch, string.Join(", ", options.Audiences), TokenText.Describe(audience));
    }

    private bool ContainsAcceptedAudience(ReadOnlySpan<byte> list)
    {
        bool isAccepted = false;
        JsonReader.TryOpenArray(list, AuthTokenBounds.MaxDepth, JsonNameUniqueness.Everywhere, out JsonReader elements);
        while (elements.ReadElement(out JsonValue element) == JsonReadStatus.Read)
        {
            if (element.Kind != JsonKind.String)
                return false;
            isAccepted |= IsAcceptedAudience(element.Raw);
        }

        return isAccepted;
    }

    private bool IsAcceptedAudience(ReadOnlySpan<byte> raw)
    {
        foreach (byte[] audience in _audiences)
        {
            if (JsonText.EqualsUtf8(raw, audience))
                return true;
        }

        return false;
    }

    private static bool TryReadTime(JsonValue claim, out NumericDate time)
    {
        time = default;
        return claim.Kind == JsonKind.Number && NumericDate.TryParse(claim.Raw, out time);
    }

    private static Rejection RejectMismatch(RejectionReason reason, string required, JsonValue presented) =>
        new(reason, required, TokenText.Describe(presented));

    private static Rejection RejectMalformedTime(string name, JsonValue claim)
    {
        string? presented = claim.Kind == JsonKind.Number ? TokenText.Quote(claim.Raw) : TokenText.Describe(claim);
        return new(
            RejectionReason.TokenBadTime,
            () => new(
                $"{name} as a number of seconds, not after the year 9999 and of at most {AuthTokenBounds.MaxTimeCharacters} characters",
                presented));
    }

    private Rejection RejectTime(RejectionReason reason, string required, NumericDate presented)
    {
        string skew = options.ClockSkew == TimeSpan.Zero ? "" : $" (clock skew: {options.ClockSkew})";
        return new(reason, required + skew, presented.ToString());
    }
}
