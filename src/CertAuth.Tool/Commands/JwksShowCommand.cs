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
    // The maximum number of characters in a cell. The values are hostile input.
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
        Dictionary<int, TokenKeyWarning> ignored = set.Warnings.ToDictionary(warning => warning.Index);
        JsonArray keys = [];
        List<string[]> rows = [];

        // Parsing ends at a repeated kid, so the keys after it are not checked.
        bool isComplete = set.Error.Kind != TokenKeySetErrorKind.RepeatedKeyId;
        string usable = isComplete ? "usable" : "";
        for (int i = 0; i < set.Keys.Length; i++)
        {
            JsonElement key = set.Keys[i];
            string? kid = KeySetFile.GetString(key, "kid");
            string? algorithm = KeySetFile.GetString(key, "alg");
            string type = $"{KeySetFile.GetString(key, "kty")} {KeySetFile.GetString(key, "crv")}".TrimEnd();
            TokenKeyWarning? warning = ignored.GetValueOrDefault(i);
            keys.Add((JsonNode)new JsonObject
            {
                ["kid"] = kid,
                ["type"] = type,
                ["alg"] = algorithm,
                ["usable"] = warning is null && isComplete,
                ["warning"] = warning?.Kind.ToString(),
            });
            rows.Add([Cell(kid), Cell(type), Cell(algorithm ?? "any"), warning is null ? usable : $"ignored: it {warning.Reason}"]);
        }

        bool isAccepted = set.Error.Kind == TokenKeySetErrorKind.None;
        JsonObject json = new() { ["usable"] = isAccepted, ["error"] = isAccepted ? null : set.Error.Kind.ToString(), ["keys"] = keys };
        Report report = new(json, isAccepted ? ExitCode.Success : ExitCode.Negative);
        report.AddTable(style, ["kid", "type", "alg", ""], rows);
        if (!isAccepted)
        {
            report.Lines.Add("");
            report.Lines.Add(style.Bad($"rejected: {TerminalText.Escape(set.Error.ToString())}"));
        }

        return report;
    }

    private static string Cell(string? text) => TerminalText.Escape(
        text is null ? "(none)" : text.Length <= MaxCellLength ? text : $"{text[..MaxCellLength]}…");
}
