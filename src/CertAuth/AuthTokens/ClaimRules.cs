using System.Collections.Immutable;
using System.Text;
using CertAuth.Json;

namespace CertAuth.AuthTokens;

/// <summary>The rules for the claims of a verified token, in the order of the specification; the first that fails is the reason.</summary>
internal sealed class ClaimRules(AuthTokenOptions options)
{
    private readonly ImmutableArray<byte[]> _audiences = [.. options.Audiences.Select(Encoding.UTF8.GetBytes)];

    internal Refusal? Check(ReadOnlySpan<byte> payload, in TokenClaims claims, ExpectedClaims expected)
    {
        if (!claims.Subject.Is(payload, expected.SubjectUtf8))
            return Mismatch(FailureReason.TokenSubjectMismatch, expected.Subject, claims.Subject.Show(payload));
        bool isIssuer = expected.IssuerUtf8 is { } issuer ? claims.Issuer.Is(payload, issuer) : claims.Issuer.Kind is JsonKind.None or JsonKind.String;
        if (!isIssuer)
            return Mismatch(FailureReason.TokenIssuerMismatch, expected.Issuer ?? "any string, or none", claims.Issuer.Show(payload));
        if (!claims.Email.Is(payload, expected.EmailUtf8))
            return Mismatch(FailureReason.TokenEmailMismatch, expected.Email, claims.Email.Show(payload));
        return CheckTimes(payload, claims) ?? CheckAudience(payload, claims.Audience);
    }

    private Refusal? CheckTimes(ReadOnlySpan<byte> payload, in TokenClaims claims)
    {
        DateTimeOffset now = options.TimeProvider.GetUtcNow();
        long ticks = (now - DateTimeOffset.UnixEpoch).Ticks;
        long skew = options.ClockSkew.Ticks;

        // iat: not later than now, not earlier than the maximum age before now; both ends allowed.
        if (!TryReadTime(payload, claims.IssuedAt, out NumericDate issuedAt))
            return BadTime("iat", payload, claims.IssuedAt);
        if (!issuedAt.IsAtOrBefore(ticks + skew))
            return Time(FailureReason.TokenIssuedInFuture, $"issued by {now:O}", issuedAt);
        if (!issuedAt.IsAtOrAfter(ticks - options.MaxAge.Ticks - skew))
            return Time(FailureReason.TokenTooOld, $"issued within {options.MaxAge} before {now:O}", issuedAt);

        // exp: not earlier than now, the instant itself allowed.
        if (!TryReadTime(payload, claims.Expires, out NumericDate expires))
            return BadTime("exp", payload, claims.Expires);
        if (!expires.IsAtOrAfter(ticks - skew))
            return Time(FailureReason.TokenExpired, $"valid at {now:O}", expires);

        if (claims.NotBefore.Kind == JsonKind.None)
            return null;
        if (!TryReadTime(payload, claims.NotBefore, out NumericDate notBefore))
            return BadTime("nbf", payload, claims.NotBefore);
        return notBefore.IsAtOrBefore(ticks + skew) ? null : Time(FailureReason.TokenNotYetValid, $"valid at {now:O}", notBefore);
    }

    // RFC 7519, 4.1.3: a string or an array of strings; one of them must be ours.
    private Refusal? CheckAudience(ReadOnlySpan<byte> payload, ClaimText audience)
    {
        bool isOurs = audience.Kind switch
        {
            JsonKind.None => true,
            JsonKind.String => IsOurs(audience.In(payload)),
            JsonKind.Array => NamesOurs(audience.In(payload)),
            _ => false,
        };
        return isOurs ? null : new(FailureReason.TokenAudienceMismatch, string.Join(", ", options.Audiences), audience.Show(payload));
    }

    private bool NamesOurs(ReadOnlySpan<byte> list)
    {
        bool isOurs = false;
        JsonReader.TryOpenArray(list, JwsHeader.MaxDepth, JsonNames.UniqueEverywhere, out JsonReader elements);
        while (elements.ReadElement(out JsonValue element) == JsonStep.Read)
        {
            if (element.Kind != JsonKind.String)
                return false;
            isOurs |= IsOurs(element.Raw);
        }

        return isOurs;
    }

    private bool IsOurs(ReadOnlySpan<byte> raw)
    {
        foreach (byte[] audience in _audiences)
        {
            if (JsonText.EqualsUtf8(raw, audience))
                return true;
        }

        return false;
    }

    private static bool TryReadTime(ReadOnlySpan<byte> payload, ClaimText claim, out NumericDate time)
    {
        time = default;
        return claim.Kind == JsonKind.Number && NumericDate.TryParse(claim.In(payload), out time);
    }

    private static Refusal Mismatch(FailureReason reason, string required, string? presented) => new(reason, required, presented);

    private static Refusal BadTime(string name, ReadOnlySpan<byte> payload, ClaimText claim)
    {
        string? presented = claim.Kind == JsonKind.Number ? ClaimText.ShowText(claim.In(payload)) : claim.Show(payload);
        return new(
            FailureReason.TokenBadTime,
            () => new($"{name} as a number of seconds up to the year 9999, of at most {NumericDate.MaxLength} characters", presented));
    }

    private static Refusal Time(FailureReason reason, string required, NumericDate presented) => new(reason, required, presented.ToString());
}
