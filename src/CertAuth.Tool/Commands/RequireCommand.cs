using System.CommandLine;
using System.Text.Json.Nodes;
using CertAuth.Requirements;
using CertAuth.Tool.Certificates;
using CertAuth.Tool.Cli;

namespace CertAuth.Tool.Commands;

/// <summary>The command that parses a REQUIRE clause and prints its canonical form.</summary>
internal static class RequireCommand
{
    internal static Command Create(ToolEnvironment environment)
    {
        Argument<string> clause = new("CLAUSE") { Description = "The clause, with or without the word REQUIRE; - reads standard input." };
        return new Command("require", "Parses a REQUIRE clause, and prints its canonical and stored forms or its first error.") { clause }
            .WithReport(
                environment,
                parsed => Read(parsed.GetRequiredValue(clause), environment),
                "certauth require \"SUBJECT '/C=US/CN=alice' AND SAN 'DNS:db.example'\"",
                "certauth require - --format json < clause.txt");
    }

    private static Report Read(string argument, ToolEnvironment environment)
    {
        string clause = argument == "-" ? environment.Input.ReadText(argument).TrimEnd('\r', '\n') : argument;
        LoginRequirement requirement = ClauseArgument.Parse(clause);
        StoredForm[] forms = [.. StoredForm.GetAll(requirement)];
        string[] warnings = [.. FindWarnings(requirement)];
        Report report = new(new JsonObject
        {
            ["clause"] = requirement.ToString(),
            ["stored"] = new JsonObject(forms.Select(form => KeyValuePair.Create(form.Key, (JsonNode?)form.ToJson()))),
            ["token_issuer"] = requirement.TokenIssuer,
            ["warnings"] = new JsonArray([.. warnings.Select(warning => JsonValue.Create(warning))]),
        });
        report.AddRows(
            environment.Style,
            [
                ("clause", TerminalText.Escape(requirement.ToString())),
                .. forms.Select(form => ($"stored for {form.Name}", TerminalText.Escape(form.Describe()))),
                .. requirement.TokenIssuer is null ? [] : new[] { ("token issuer", TerminalText.Escape(requirement.TokenIssuer)) },
            ]);
        foreach (string warning in warnings)
            report.Lines.Add($"{environment.Style.Warning("warning:")} {warning}");
        return report;
    }

    private static bool HasWildcard(RequirementAlternative alternative) =>
        alternative.Find<SanOption>()?.Requirement.Items.Any(item => item.HasWildcard) == true;

    private static IEnumerable<string> FindWarnings(LoginRequirement requirement)
    {
        if (requirement.Alternatives.Any(HasWildcard))
            yield return "A * that is a whole path segment matches any segment; TiDB compared it literally before August 2026.";
        bool matchesAnyCertificate = requirement.Kind is RequirementKind.X509 or RequirementKind.Specified
            && !requirement.IdentifiesHolder;
        if (matchesAnyCertificate && requirement.TokenIssuer is null)
        {
            string which = requirement.Alternatives.Length > 1 ? "An alternative" : "The clause";
            yield return $"{which} names no client: many verified certificates may meet it, so the account also needs a password.";
        }

        if (requirement.Kind == RequirementKind.None && requirement.TokenIssuer is not null)
            yield return "TOKEN_ISSUER applies to the token and does not require TLS.";
    }
}
