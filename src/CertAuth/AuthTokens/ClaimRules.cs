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
        if (!claims.Subject.HasText(payload, expected.SubjectUtf8))
            return RejectMismatch(RejectionReason.TokenSubjectMismatch, expected.Subject, claims.Subject.Describe(payload));
        bool isIssuer = expected.IssuerUtf8 is { } issuer
            ? claims.Issuer.HasText(payload, issuer)
            : claims.Issuer.Kind is JsonKind.None or JsonKind.String;
        if (!isIssuer)
            return RejectIssuer(payload, claims, expected);
        if (!claims.Email.HasText(payload, expected.EmailUtf8))
            return RejectMismatch(RejectionReason.TokenEmailMismatch, expected.Email, claims.Email.Describe(payload));
        return CheckTimes(payload, claims) ?? CheckAudience(payload, claims.Audience);
    }

    private static Rejection RejectIssuer(ReadOnlySpan<byte> payload, in TokenClaims claims, ExpectedClaims expected) =>
        RejectMismatch(RejectionReason.TokenIssuerMismatch, expected.Issuer ?? "any string or none", claims.Issuer.Describe(payload));

    private Rejection? CheckTimes(ReadOnlySpan<byte> payload, in TokenClaims claims)
    {
        DateTimeOffset now = options.TimeProvider.GetUtcNow();
        long ticks = (now - DateTimeOffset.UnixEpoch).Ticks;
        long skew = options.ClockSkew.Ticks;

        // iat: not later than now and not older than the maximum age. Both limits are inclusive.
        if (!TryReadTime(payload, claims.IssuedAt, out NumericDate issuedAt))
            return RejectMalformedTime("iat", payload, claims.IssuedAt);
        if (!issuedAt.IsAtOrBefore(ticks + skew))
            return RejectTime(RejectionReason.TokenIssuedInFuture, $"iat at or before {now:O}", issuedAt);
        if (!issuedAt.IsAtOrAfter(ticks - options.MaxTokenAge.Ticks - skew))
            return RejectTime(RejectionReason.TokenMaxAgeExceeded, $"iat within {options.MaxTokenAge} before {now:O}", issuedAt);

        // exp: now or later. A token is accepted at exactly this time, which RFC 7519, 4.1.4 does not allow.
        if (!TryReadTime(payload, claims.Expires, out NumericDate expires))
            return RejectMalformedTime("exp", payload, claims.Expires);
        if (!expires.IsAtOrAfter(ticks - skew))
            return RejectTime(RejectionReason.TokenExpired, $"exp at or after {now:O}", expires);

        if (claims.NotBefore.Kind == JsonKind.None)
            return null;
        if (!TryReadTime(payload, claims.NotBefore, out NumericDate notBefore))
            return RejectMalformedTime("nbf", payload, claims.NotBefore);
        return notBefore.IsAtOrBefore(ticks + skew)
            ? null
            : RejectTime(RejectionReason.TokenNotYetValid, $"nbf at or before {now:O}", notBefore);
    }

    // RFC 7519, 4.1.3: a string or an array of strings, at least one of which must be an accepted audience.
    private Rejection? CheckAudience(ReadOnlySpan<byte> payload, ClaimRange audience)
    {
        bool isAccepted = audience.Kind switch
        {
            JsonKind.None => true,
            JsonKind.String => IsAcceptedAudience(audience.Slice(payload)),
            JsonKind.Array => ContainsAcceptedAudience(audience.Slice(payload)),
            _ => false,
        };
        return isAccepted
            ? null
            : new(RejectionReason.TokenAudienceMismatch, string.Join(", ", options.Audiences), audience.Describe(payload));
    }

    private bool ContainsAcceptedAudience(ReadOnlySpan<byte> list)
    {
        bool isAccepted = false;
        JsonReader.TryOpenArray(list, JwsHeader.MaxDepth, JsonNameUniqueness.Everywhere, out JsonReader elements);
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

    private static bool TryReadTime(ReadOnlySpan<byte> payload, ClaimRange claim, out NumericDate time)
    {
        time = default;
        return claim.Kind == JsonKind.Number && NumericDate.TryParse(claim.Slice(payload), out time);
    }

    private static Rejection RejectMismatch(RejectionReason reason, string required, string? presented) => new(reason, required, presented);

    private static Rejection RejectMalformedTime(string name, ReadOnlySpan<byte> payload, ClaimRange claim)
    {
        string? presented = claim.Kind == JsonKind.Number ? ClaimRange.DescribeString(claim.Slice(payload)) : claim.Describe(payload);
        return new(
            RejectionReason.TokenBadTime,
            () => new(
                $"{name} as a number of seconds, not after the year 9999 and of at most {NumericDate.MaxLength} characters", presented));
    }

    private Rejection RejectTime(RejectionReason reason, string required, NumericDate presented)
    {
        string skew = options.ClockSkew == TimeSpan.Zero ? "" : $" (clock skew: {options.ClockSkew})";
        return new(reason, required + skew, presented.ToString());
    }
}
