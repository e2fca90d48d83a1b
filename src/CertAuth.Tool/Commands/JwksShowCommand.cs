using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using CertAuth.Signing;
using CertAuth.Tool.Cli;
using CertAuth.Tool.Tokens;

namespace CertAuth.Tool.Commands;

/// <summary>Lists the keys of a set, and why some are passed over.</summary>
internal static class JwksShowCommand
{
    // What is shown of a text of a key.
    private const int MaxCellLength = 60;

    internal static Command Create(ToolEnvironment environment)
    {
        Argument<string> file = new("FILE") { Description = "the key set; - reads it from standard input" };
        return new Command("show", "Lists the keys of a set, and why some are passed over. Exit code 1 where the set would be refused.") { file }.WithReport(
            environment,
            parsed => Show(KeySetFile.Read(environment.Input, parsed.GetRequiredValue(file)), environment.Style),
            "certauth jwks show jwks.json",
            "curl -s https://sso.example/jwks.json | certauth jwks show -");
    }

    private static Report Show(KeySetFile set, Style style)
    {
        Dictionary<int, TokenKeyWarningKind> passedOver = set.Warnings.ToDictionary(warning => warning.Index, warning => warning.Kind);
        JsonArray keys = [];
        List<string[]> rows = [];

        // At a repeated kid the reading ends, and of the keys behind it nothing is known.
        string usable = set.Error == TokenKeySetErrorKind.RepeatedKeyId ? "" : "usable";
        for (int i = 0; i < set.Keys.Length; i++)
        {
            JsonElement key = set.Keys[i];
            string? kid = KeySetFile.GetString(key, "kid");
            string? algorithm = KeySetFile.GetString(key, "alg");
            string type = KeySetFile.GetString(key, "crv") is { } curve ? $"{KeySetFile.GetString(key, "kty")} {curve}" : KeySetFile.GetString(key, "kty") ?? "";
            bool isUsable = !passedOver.TryGetValue(i, out TokenKeyWarningKind warning);
            keys.Add((JsonNode)new JsonObject
            {
                ["kid"] = kid,
                ["type"] = type,
                ["alg"] = algorithm,
                ["usable"] = isUsable && set.Error != TokenKeySetErrorKind.RepeatedKeyId,
                ["warning"] = isUsable ? null : warning.ToString(),
            });
            rows.Add([Cell(kid), Cell(type), Cell(algorithm ?? "any"), isUsable ? usable : $"passed over: {Explain(warning)}"]);
        }

        bool isAccepted = set.Error == TokenKeySetErrorKind.None;
        JsonObject json = new() { ["usable"] = isAccepted, ["error"] = isAccepted ? null : set.Error.ToString(), ["keys"] = keys };
        Report report = new(json, isAccepted ? ExitCode.Success : ExitCode.Negative);
        report.AddTable(style, ["kid", "type", "alg", ""], rows);
        if (!isAccepted)
        {
            report.Lines.Add("");
            report.Lines.Add(style.Bad(set.Error == TokenKeySetErrorKind.RepeatedKeyId
                ? "refused: two usable keys have one kid"
                : "refused: no key of it can be used"));
        }

        return report;
    }

    private static string Cell(string? text) => TerminalText.Escape(text is null ? "(none)" : text.Length <= MaxCellLength ? text : $"{text[..MaxCellLength]}…");

    private static string Explain(TokenKeyWarningKind kind) => kind switch
    {
        TokenKeyWarningKind.Malformed => "it isn't a key with the members that its type needs",
        TokenKeyWarningKind.RepeatedMember => "a member stands twice",
        TokenKeyWarningKind.UnsupportedType => "RSA, or EC on P-256, P-384 or P-521, is wanted",
        TokenKeyWarningKind.EdDsa => "Ed25519 and Ed448 can't be verified with",
        TokenKeyWarningKind.Symmetric => "it is symmetric: whoever verifies with it could sign",
        TokenKeyWarningKind.PrivateMembers => "it has private members: whoever reads the set could sign; make a new key",
        TokenKeyWarningKind.WrongUse => "it isn't for signatures (use, key_ops)",
        TokenKeyWarningKind.AlgorithmMismatch => "its alg isn't taken, or doesn't fit its type",
        TokenKeyWarningKind.Weak => "RSA of 2048 to 8192 bits with exponent 65537 is wanted, and no ROCA modulus",
        TokenKeyWarningKind.PointNotOnCurve => "its point isn't on its curve",
        TokenKeyWarningKind.KeyIdMissing => "it has no kid: no token finds it",
        _ => kind.ToString(),
    };
}
