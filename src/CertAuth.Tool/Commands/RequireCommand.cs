using System.CommandLine;
using System.Text.Json.Nodes;
using CertAuth.Requirements;
using CertAuth.Tool.Cli;

namespace CertAuth.Tool.Commands;

/// <summary>Reads a REQUIRE clause and says how it was understood.</summary>
internal static class RequireCommand
{
    internal static Command Create(ToolHost host)
    {
        Argument<string> clause = new("CLAUSE") { Description = "the clause, with or without the word REQUIRE; - reads it from standard input" };
        return new Command("require", "Reads a REQUIRE clause; prints it in canonical form and as it is stored, or what is wrong with it.") { clause }
            .Reports(
                host,
                parsed => Read(parsed.GetRequiredValue(clause), host),
                "certauth require \"SUBJECT '/C=US/CN=alice' AND SAN 'DNS:db.example'\"");
    }

    private static Report Read(string argument, ToolHost host)
    {
        string clause = argument == "-" ? host.Input.ReadText(argument).TrimEnd('\r', '\n') : argument;
        if (!LoginRequirement.TryParse(clause, out LoginRequirement? requirement, out RequirementError error))
            throw new MistakeException($"{error}\n{PointAt(clause, error.Index)}");

        StoredRequirement stored = requirement.ToStored();
        Report report = new(new JsonObject { ["clause"] = requirement.ToString(), ["stored"] = JsonNode.Parse(stored.Json), ["token_issuer"] = stored.TokenIssuer });
        report.AddRows(
            host.Style,
            [("clause", Shown.Safe(requirement.ToString())), ("stored", stored.Json), .. stored.TokenIssuer is null ? [] : new[] { ("token issuer", Shown.Safe(stored.TokenIssuer)) }]);
        return report;
    }

    // The line in which the error stands, and a caret below the character.
    private static string PointAt(string clause, int index)
    {
        index = Math.Min(index, clause.Length);
        string before = Shown.Safe(clause[..index]);
        return $"  {before}{Shown.Safe(clause[index..])}\n  {new string(' ', before.Length)}^";
    }
}
