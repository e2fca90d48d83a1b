using System.Collections.Immutable;
using System.Text;
using CertAuth.Json;

namespace CertAuth.AuthTokens;

/// <summary>The rules for the claims of a verified token, in the order of the specification; the first that fails is the reason.</summary>
internal sealed class ClaimRules(AuthTokenOptions options)
{
    private readonly ImmutableArray<byte[]> _audiences = [.. options.Audiences.Select(Encoding.UTF8.GetBytes)];

    internal Rejection? Check(ReadOnlySpan<byte> payload, in TokenClaims claims, ExpectedClaims expected)
    {
        if (!claims.Subject.HasText(payload, expected.SubjectUtf8))
            return RejectMismatch(RejectionReason.TokenSubjectMismatch, expected.Subject, claims.Subject.Describe(payload));
        bool isIssuer = expected.IssuerUtf8 is { } issuer ? claims.Issuer.HasText(payload, issuer) : claims.Issuer.Kind is JsonKind.None or JsonKind.String;
        if (!isIssuer)
            return RejectMismatch(RejectionReason.TokenIssuerMismatch, expected.Issuer ?? "any string, or none", claims.Issuer.Describe(payload));
        if (!claims.Email.HasText(payload, expected.EmailUtf8))
            return RejectMismatch(RejectionReason.TokenEmailMismatch, expected.Email, claims.Email.Describe(payload));
        return CheckTimes(payload, claims) ?? CheckAudience(payload, claims.Audience);
    }

    private Rejection? CheckTimes(ReadOnlySpan<byte> payload, in TokenClaims claims)
    {
        DateTimeOffset now = options.TimeProvider.GetUtcNow();
        long ticks = (now - DateTimeOffset.UnixEpoch).Ticks;
        long skew = options.ClockSkew.Ticks;

        // iat: not later than now, not earlier than the maximum age before now; both ends allowed.
        if (!TryReadTime(payload, claims.IssuedAt, out NumericDate issuedAt))
            return RejectMalformedTime("iat", payload, claims.IssuedAt);
        if (!issuedAt.IsAtOrBefore(ticks + skew))
            return RejectTime(RejectionReason.TokenIssuedInFuture, $"issued by {now:O}", issuedAt);
        if (!issuedAt.IsAtOrAfter(ticks - options.MaxTokenAge.Ticks - skew))
            return RejectTime(RejectionReason.TokenMaxAgeExceeded, $"issued within {options.MaxTokenAge} before {now:O}", issuedAt);

        // exp: not earlier than now, the instant itself allowed.
        if (!TryReadTime(payload, claims.Expires, out NumericDate expires))
            return RejectMalformedTime("exp", payload, claims.Expires);
        if (!expires.IsAtOrAfter(ticks - skew))
            return RejectTime(RejectionReason.TokenExpired, $"valid at {now:O}", expires);

        if (claims.NotBefore.Kind == JsonKind.None)
            return null;
        if (!TryReadTime(payload, claims.NotBefore, out NumericDate notBefore))
            return RejectMalformedTime("nbf", payload, claims.NotBefore);
        return notBefore.IsAtOrBefore(ticks + skew) ? null : RejectTime(RejectionReason.TokenNotYetValid, $"valid at {now:O}", notBefore);
    }

    // RFC 7519, 4.1.3: a string or an array of strings; one of them must be ours.
    private Rejection? CheckAudience(ReadOnlySpan<byte> payload, ClaimRange audience)
    {
        bool isOurs = audience.Kind switch
        {
            JsonKind.None => true,
            JsonKind.String => IsAcceptedAudience(audience.Slice(payload)),
            JsonKind.Array => ContainsAcceptedAudience(audience.Slice(payload)),
            _ => false,
        };
        return isOurs ? null : new(RejectionReason.TokenAudienceMismatch, string.Join(", ", options.Audiences), audience.Describe(payload));
    }

    private bool ContainsAcceptedAudience(ReadOnlySpan<byte> list)
    {
        bool isOurs = false;
        JsonReader.TryOpenArray(list, JwsHeader.MaxDepth, JsonNameUniqueness.Everywhere, out JsonReader elements);
        while (elements.ReadElement(out JsonValue element) == JsonReadStatus.Read)
        {
            if (element.Kind != JsonKind.String)
                return false;
            isOurs |= IsAcceptedAudience(element.Raw);
        }

        return isOurs;
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
            () => new($"{name} as a number of seconds up to the year 9999, of at most {NumericDate.MaxLength} characters", presented));
    }

    private static Rejection RejectTime(RejectionReason reason, string required, NumericDate presented) => new(reason, required, presented.ToString());
}
