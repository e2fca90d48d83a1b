using System.CommandLine;
using System.Text.Json.Nodes;
using CertAuth.Requirements;
using CertAuth.Tool.Cli;

namespace CertAuth.Tool.Commands;

/// <summary>Reads a REQUIRE clause and says how it was understood.</summary>
internal static class RequireCommand
{
    internal static Command Create(ToolEnvironment environment)
    {
        Argument<string> clause = new("CLAUSE") { Description = "the clause, with or without the word REQUIRE; - reads it from standard input" };
        return new Command("require", "Reads a REQUIRE clause; prints it in canonical form and as it is stored, or what is wrong with it.") { clause }
            .WithReport(
                environment,
                parsed => Read(parsed.GetRequiredValue(clause), environment),
                "certauth require \"SUBJECT '/C=US/CN=alice' AND SAN 'DNS:db.example'\"",
                "certauth require - --format json < clause.txt");
    }

    private static Report Read(string argument, ToolEnvironment environment)
    {
        LoginRequirement requirement = ClauseArgument.Parse(argument == "-" ? environment.Input.ReadText(argument).TrimEnd('\r', '\n') : argument);
        StoredRequirement stored = requirement.ToStored();
        string[] warnings = [.. FindWarnings(requirement)];
        Report report = new(new JsonObject
        {
            ["clause"] = requirement.ToString(),
            ["stored"] = JsonNode.Parse(stored.Json),
            ["token_issuer"] = stored.TokenIssuer,
            ["warnings"] = new JsonArray([.. warnings.Select(warning => JsonValue.Create(warning))]),
        });
        report.AddRows(
            environment.Style,
            [
                ("clause", TerminalText.Escape(requirement.ToString())),
                ("stored", TerminalText.Escape(stored.Json)),
                .. stored.TokenIssuer is null ? [] : new[] { ("token issuer", TerminalText.Escape(stored.TokenIssuer)) },
            ]);
        foreach (string warning in warnings)
            report.Lines.Add($"{environment.Style.Warning("warning:")} {warning}");
        return report;
    }

    private static IEnumerable<string> FindWarnings(LoginRequirement requirement)
    {
        if (requirement.San?.Items.Any(item => item.HasWildcard) == true)
            yield return "A * that is a whole path segment stands for any segment; to TiDB it was a plain character before August 2026.";
        bool matchesAnyCertificate = requirement.Kind is RequirementKind.X509 or RequirementKind.Specified && requirement.Subject is null && requirement.San is null;
        if (matchesAnyCertificate && requirement.TokenIssuer is null)
            yield return "It names nobody: every certificate that verifies meets it, so it needs a password beside it.";
        if (requirement.Kind == RequirementKind.None && requirement.TokenIssuer is not null)
            yield return "TOKEN_ISSUER alone demands no TLS: it speaks of the token.";
    }
}
