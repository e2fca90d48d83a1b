using System.CommandLine;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CertAuth.AuthTokens;
using CertAuth.Signing;
using CertAuth.Testing;
using CertAuth.Tool.Cli;
using CertAuth.Tool.Tokens;
using CertAuth.Tool.Writing;

namespace CertAuth.Tool.Commands;

/// <summary>The commands that mint, verify and decode login tokens.</summary>
internal static class TokenCommand
{
    private const string NotVerified = "NOT VERIFIED: anyone can write such a token. Use certauth token verify to verify it.";

    private static readonly TimeSpan s_defaultLifetime = TimeSpan.FromMinutes(15);

    internal static Command Create(ToolEnvironment environment) => new(
        "token", "Mints, verifies and decodes login tokens (tidb_auth_token), for tests and to find out why a token is rejected.")
    {
        CreateMint(environment),
        CreateVerify(environment),
        CreateDecode(environment),
    };

    private static Command CreateMint(ToolEnvironment environment)
    {
        Option<string> key = CommonOptions.CreateRequiredOption("--key", "FILE", "The private key, PEM, not encrypted.");
        Option<string> kid = CommonOptions.CreateRequiredOption("--kid", "KID", "The kid of the key in the JWK set.");
        Option<string?> algorithm = Algorithms.CreateOption("RS256, or the algorithm of the curve");
        Option<string> user = CommonOptions.CreateRequiredOption("--user", "NAME", "The user name, the claim sub.");
        Option<string> email = CreateEmailOption();
        Option<string?> issuer = new("--issuer") { Description = "The issuer, the claim iss. Default: no such claim.", HelpName = "NAME" };
        Option<TimeSpan?> lifetime = DurationOption.Create("--lifetime", "The time from iat to exp (default: 15m)");
        Option<DateTimeOffset?> issuedAt = CommonOptions.CreateTimeOption("--issued-at", "The claim iat, instead of now");
        return new Command("mint", "Signs a login token and prints it.")
        {
            key, kid, algorithm, user, email, issuer, lifetime, issuedAt,
        }.WithReport(
            environment,
            parsed =>
            {
                long start = (parsed.GetValue(issuedAt) ?? environment.TimeProvider.GetUtcNow()).ToUnixTimeSeconds();
                JsonObject claims = new()
                {
                    ["sub"] = parsed.GetRequiredValue(user),
                    ["email"] = parsed.GetRequiredValue(email),
                    ["iat"] = start,
                    ["exp"] = start + (long)(parsed.GetValue(lifetime) ?? s_defaultLifetime).TotalSeconds,
                };
                if (parsed.GetValue(issuer) is { } iss)
                    claims["iss"] = iss;

                string path = parsed.GetRequiredValue(key);
                TestTokenKey signer = TokenKeyFile.Read(
                    environment.Input, path, parsed.GetRequiredValue(kid), parsed.GetAlgorithm(algorithm));
                string token = signer.Mint(claims);
                Report report = new(new() { ["token"] = token, ["claims"] = claims });
                report.Lines.Add(token);
                return report;
            },
            "certauth token mint --key login-1-key.pem --kid login-1 --user alice",
            "certauth token mint --key login-1-key.pem --kid login-1 --user alice --email alice@db.example --issuer sso --lifetime 5m");
    }

    private static Command CreateVerify(ToolEnvironment environment)
    {
        Argument<string> token = new("TOKEN") { Description = "The token; - reads standard input." };
        Option<string> keys = CommonOptions.CreateRequiredOption("--jwks", "FILE", "The JWK set of the server.");
        Option<string> user = CommonOptions.CreateRequiredOption("--user", "NAME", "The user name of the login.");
        Option<string> email = CreateEmailOption();
        Option<string?> issuer = new("--issuer") { Description = "The account's TOKEN_ISSUER. Default: any issuer.", HelpName = "NAME" };
        Option<DateTimeOffset?> at = CommonOptions.CreateTimeOption();
        return new Command(
            "verify", "Decides whether a user can log in with a token, or prints the failed check. Exit codes: 0 verified, 1 rejected.")
        {
            token, keys, user, email, issuer, at,
        }.WithReport(
            environment,
            parsed =>
            {
                TokenKeySet set = KeySetFile.ReadKeys(environment.Input, parsed.GetRequiredValue(keys));
                ExpectedClaims expected = CreateExpectedClaims(
                    parsed.GetRequiredValue(user), parsed.GetRequiredValue(email), parsed.GetValue(issuer));
                AuthTokenValidator validator = new(new() { TimeProvider = parsed.GetClock(at, environment), TokenCacheSize = 0 });
                string text = TokenText.Read(environment.Input, parsed.GetRequiredValue(token));
                validator.TryValidate(Encoding.UTF8.GetBytes(text), set, expected, out Rejection? rejection);
                return VerdictReport.Create(rejection, $"verified: {TerminalText.Escape(expected.Subject)} can log in", environment.Style);
            },
            "certauth token verify - --jwks jwks.json --user alice < token",
            "certauth token verify \"$TOKEN\" --jwks jwks.json --user alice --email alice@db.example --issuer sso "
                + "--at 2026-12-01T12:00:00Z");
    }

    private static Command CreateDecode(ToolEnvironment environment)
    {
        Argument<string> token = new("TOKEN") { Description = "The token; - reads standard input." };
        return new Command("decode", "Prints the content of a token without verifying it.") { token }.WithReport(
            environment,
            parsed =>
            {
                TokenText text = TokenText.Parse(TokenText.Read(environment.Input, parsed.GetRequiredValue(token)));
                Report report = new(new()
                {
                    ["verified"] = false,
                    ["warning"] = NotVerified,
                    ["header"] = TokenText.ToNode(text.Header),
                    ["payload"] = TokenText.ToNode(text.Payload),
                    ["signature_bytes"] = text.SignatureBytes,
                });
                report.Lines.Add(environment.Style.Bad(NotVerified));
                report.Lines.Add(environment.Style.Label("header"));
                report.Lines.AddRange(TokenText.ToLines(text.Header));
                report.Lines.Add(environment.Style.Label("payload"));
                report.Lines.AddRange(TokenText.ToLines(text.Payload));
                report.AddRows(
                    environment.Style, [.. DescribeTimes(text.Payload), ("signature", $"{text.SignatureBytes} bytes, not verified")]);
                return report;
            },
            "certauth token decode - < token",
            "certauth token decode \"$TOKEN\" --format json");
    }

    private static Option<string> CreateEmailOption() => new("--email")
    {
        Description = "The e-mail address of the account. Default: empty.",
        HelpName = "ADDRESS",
        DefaultValueFactory = _ => "",
    };

    // Formats the claims that are times.
    private static IEnumerable<(string Label, string Value)> DescribeTimes(byte[] payload)
    {
        if (TokenText.ToNode(payload) is not JsonObject)
            yield break;

        using JsonDocument claims = JsonDocument.Parse(payload);
        foreach (string name in (string[])["iat", "nbf", "exp"])
        {
            if (claims.RootElement.TryGetProperty(name, out JsonElement claim) && claim.ValueKind == JsonValueKind.Number
                && claim.TryGetInt64(out long seconds) && seconds >= 0 && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds())
            {
                yield return (name, TerminalText.FormatTime(DateTimeOffset.FromUnixTimeSeconds(seconds)));
            }
        }
    }

    private static ExpectedClaims CreateExpectedClaims(string user, string email, string? issuer)
    {
        try
        {
            return new(user, email, issuer);
        }
        catch (ArgumentException e)
        {
            throw new UserErrorException($"--user, --email, --issuer: {KeyFile.GetMessage(e)}");
        }
    }
}
