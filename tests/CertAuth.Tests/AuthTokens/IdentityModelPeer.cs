using System.Text;
using CertAuth.AuthTokens;
using CertAuth.Keys;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace CertAuth.Tests.AuthTokens;

/// <summary>The verdict of an application that uses Microsoft.IdentityModel.JsonWebTokens carefully.</summary>
/// <remarks>The application sets each parameter of the package that corresponds to a rule of CertAuth. It checks <c>sub</c>, <c>email</c>
/// and <c>iat</c> itself, and rejects a token with an audience if none is configured.</remarks>
internal sealed class IdentityModelPeer(byte[] jwks)
{
    private readonly JsonWebTokenHandler _handler = new();
    private readonly IList<SecurityKey> _keys = new JsonWebKeySet(Encoding.UTF8.GetString(jwks)).GetSigningKeys();

    internal async Task<bool> AcceptsAsync(string token, ExpectedClaims expected, AuthTokenOptions options)
    {
        try
        {
            TokenValidationResult result = await _handler.ValidateTokenAsync(token, CreateParameters(expected, options));
            return result.IsValid && HasExpectedClaims((JsonWebToken)result.SecurityToken, result.Claims, expected, options);
        }
#pragma warning disable CA1031 // An exception of any type is a rejection.
        catch (Exception)
#pragma warning restore CA1031
        {
            return false;
        }
    }

    private TokenValidationParameters CreateParameters(ExpectedClaims expected, AuthTokenOptions options) => new()
    {
        ValidAlgorithms = SignatureScheme.TokenAlgorithms.Select(algorithm => algorithm.ToString()),
        IssuerSigningKeys = _keys,
        TryAllIssuerSigningKeys = false,
        RequireSignedTokens = true,
        // RFC 8725, 3.11. The package's list of valid types would reject a token without a type.
        TypeValidator = (type, _, _) => string.IsNullOrEmpty(type) || string.Equals(type, "JWT", StringComparison.OrdinalIgnoreCase)
            ? "JWT"
            : throw new SecurityTokenInvalidTypeException(type),
        ValidIssuer = expected.Issuer,
        ValidateIssuer = expected.Issuer is not null,
        ValidAudiences = options.Audiences,
        ValidateAudience = !options.Audiences.IsEmpty,
        RequireAudience = false,
        IgnoreTrailingSlashWhenValidatingAudience = false,
        RequireExpirationTime = true,
        // The package's own check of the times uses the system clock.
        LifetimeValidator = (notBefore, expires, _, _) =>
            expires is { } end && end >= Now(options) - options.ClockSkew && !(notBefore > Now(options) + options.ClockSkew),
    };

    private static bool HasExpectedClaims(
        JsonWebToken token, IDictionary<string, object> claims, ExpectedClaims expected, AuthTokenOptions options) =>
        claims.TryGetValue("sub", out object? subject) && expected.Subject.Equals(subject)
        && claims.TryGetValue("email", out object? email) && expected.Email.Equals(email)
        && token.IssuedAt <= Now(options) + options.ClockSkew
        && token.IssuedAt >= Now(options) - options.MaxTokenAge - options.ClockSkew
        && (options.Audiences.IsEmpty ? !claims.ContainsKey("aud") : !claims.ContainsKey("aud") || token.Audiences.Any());

    private static DateTime Now(AuthTokenOptions options) => options.TimeProvider.GetUtcNow().UtcDateTime;
}
