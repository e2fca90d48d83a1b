using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using CertAuth.Signing;
using CertAuth.Tool.Cli;
using CertAuth.Tool.Tokens;

namespace CertAuth.Tool.Commands;

/// <summary>The command that lists the keys of a JWK set and says why some are ignored.</summary>
internal static class JwksShowCommand
{
    // The number of characters that are shown of a member of a key.
    private const int MaxCellLength = 60;

    internal static Command Create(ToolEnvironment environment)
    {
        Argument<string> file = new("FILE") { Description = "The JWK set; - reads standard input." };
        return new Command("show", "Lists the keys of a JWK set and says why some are ignored. Exit code 1 if the set is rejected.")
        {
            file,
        }.WithReport(
            environment,
            parsed => Show(KeySetFile.Read(environment.Input, parsed.GetRequiredValue(file)), environment.Style),
            "certauth jwks show jwks.json",
            "curl -s https://sso.example/jwks.json | certauth jwks show -");
    }

    private static Report Show(KeySetFile set, Style style)
    {
        Dictionary<int, TokenKeyWarningKind> ignored = set.Warnings.ToDictionary(warning => warning.Index, warning => warning.Kind);
        JsonArray keys = [];
        List<string[]> rows = [];

        // Parsing ends at a repeated kid, so the keys after it are not checked.
        string usable = set.Error == KeySetErrorKind.RepeatedKeyId ? "" : "usable";
        for (int i = 0; i < set.Keys.Length; i++)
        {
            JsonElement key = set.Keys[i];
            string? kid = KeySetFile.GetString(key, "kid");
            string? algorithm = KeySetFile.GetString(key, "alg");
            string type = $"{KeySetFile.GetString(key, "kty")} {KeySetFile.GetString(key, "crv")}".TrimEnd();
            bool isUsable = !ignored.TryGetValue(i, out TokenKeyWarningKind warning);
            keys.Add((JsonNode)new JsonObject
            {
                ["kid"] = kid,
                ["type"] = type,
                ["alg"] = algorithm,
                ["usable"] = isUsable && set.Error != KeySetErrorKind.RepeatedKeyId,
                ["warning"] = isUsable ? null : warning.ToString(),
            });
            rows.Add([Cell(kid), Cell(type), Cell(algorithm ?? "any"), isUsable ? usable : $"ignored: {Explain(warning)}"]);
        }

        bool isAccepted = set.Error == KeySetErrorKind.None;
        JsonObject json = new() { ["usable"] = isAccepted, ["error"] = isAccepted ? null : set.Error.ToString(), ["keys"] = keys };
        Report report = new(json, isAccepted ? ExitCode.Success : ExitCode.Negative);
        report.AddTable(style, ["kid", "type", "alg", ""], rows);
        if (!isAccepted)
        {
            report.Lines.Add("");
            report.Lines.Add(style.Bad(set.Error == KeySetErrorKind.RepeatedKeyId
                ? "rejected: two usable keys have the same kid"
                : "rejected: no key is usable"));
        }

        return report;
    }

    private static string Cell(string? text) => TerminalText.Escape(
        text is null ? "(none)" : text.Length <= MaxCellLength ? text : $"{text[..MaxCellLength]}…");

    private static string Explain(TokenKeyWarningKind kind) => kind switch
    {
        TokenKeyWarningKind.Malformed => "a member that its type requires is missing or malformed",
        TokenKeyWarningKind.RepeatedMember => "a member is repeated",
        TokenKeyWarningKind.UnsupportedType => "the type is not RSA, or EC on P-256, P-384 or P-521",
        TokenKeyWarningKind.EdDsa => "Ed25519 and Ed448 are not supported",
        TokenKeyWarningKind.Symmetric => "it is symmetric, so every verifier could sign",
        TokenKeyWarningKind.PrivateMembers => "it has private members, so every reader of the set could sign; create a new key",
        TokenKeyWarningKind.WrongUse => "use or key_ops does not allow signatures",
        TokenKeyWarningKind.AlgorithmMismatch => "the alg is not accepted, or does not suit the type",
        TokenKeyWarningKind.Weak => "the RSA key does not have 2048 to 8192 bits and the exponent 65537, or is a ROCA key",
        TokenKeyWarningKind.PointNotOnCurve => "the point is not on the curve",
        TokenKeyWarningKind.KeyIdMissing => "it has no kid, so no token can select it",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "The warning is undefined."),
    };
}
