using System.Text.Json.Nodes;
using CertAuth.Requirements;
using CertAuth.Tool.Tests.Support;

namespace CertAuth.Tool.Tests.Commands;

public sealed class RequireTests
{
    private const string Digest = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
    private const string NoOr = "The clause cannot be stored in this format: the server does not know OR.";

    [Fact]
    public void Require_PrintsTheCanonicalAndStoredForms() =>
        ToolRun.Run(["require", "san \"DNS: db.example\" and subject '/c=US/cn=alice'"]).Output.Should().Be("""
        clause               REQUIRE SUBJECT '/C=US/CN=alice' SAN 'DNS:db.example'
        stored for TiDB      {"ssl_type":3,"x509_subject":"/C=US/CN=alice","san":"DNS:db.example"}
        stored for MariaDB   SAN cannot be stored in this format: MariaDB does not enforce it.
        stored for CertAuth  {"ssl_type":3,"x509_subject":"certauth","certauth":"REQUIRE SUBJECT '/C=US/CN=alice' SAN 'DNS:db.example'"}

        """.ReplaceLineEndings("\n"));

    [Fact]
    public void Require_PrintsJson()
    {
        JsonObject result = ToolRun.Run(["require", "TOKEN_ISSUER 'idp'", "--format", "json"]).ReadJson();

        result["clause"].Text().Should().Be("REQUIRE TOKEN_ISSUER 'idp'");
        result["token_issuer"].Text().Should().Be("idp");
    }

    // null: the format stores the clause.
    public static TheoryData<string, string?, string?> StoredClauses { get; } = new()
    {
        { "SSL", null, null },
        { "SUBJECT '/CN=a'", null, null },
        {
            "CIPHER 'TLS_AES_128_GCM_SHA256'", null,
            "CIPHER cannot be stored in this format: without ISSUER or SUBJECT, MariaDB does not require a certificate."
        },
        { "SAN 'DNS:a'", null, "SAN cannot be stored in this format: MariaDB does not enforce it." },
        {
            "SAN 'EMAIL:a@example.com'",
            "SAN cannot be stored in this format: TiDB does not know email addresses.",
            "SAN cannot be stored in this format: MariaDB does not enforce it."
        },
        { "SUBJECT '/CN=a' TOKEN_ISSUER 'i'", null, NotKnown("TOKEN_ISSUER") },
        { "SUBJECT_CONTAINS '/CN=a'", NotKnown("SUBJECT_CONTAINS"), NotKnown("SUBJECT_CONTAINS") },
        { $"ISSUER_KEY '{Digest}'", NotKnown("ISSUER_KEY"), NotKnown("ISSUER_KEY") },
        { $"CERTIFICATE '{Digest}'", NotKnown("CERTIFICATE"), NotKnown("CERTIFICATE") },
        { $"PUBLIC_KEY '{Digest}'", NotKnown("PUBLIC_KEY"), NotKnown("PUBLIC_KEY") },
        { "SUBJECT '/CN=a' OR SUBJECT '/CN=b'", NoOr, NoOr },
    };

    [Theory, MemberData(nameof(StoredClauses))]
    public void Require_PrintsTheStoredForm_OrTheReasonWhyThereIsNone(string clause, string? tidb, string? mariaDb)
    {
        JsonObject stored = ToolRun.Run(["require", clause, "--format", "json"]).ReadJson()["stored"]!.AsObject();
        string text = ToolRun.Run(["require", clause]).Output;

        stored.Select(form => (form.Key, form.Value!["error"].Text())).Should().Equal(
            ("tidb", tidb), ("mariadb", mariaDb), ("certauth", null));
        foreach ((string key, string name, string? error) in new[] { ("tidb", "TiDB", tidb), ("mariadb", "MariaDB", mariaDb) })
        {
            (stored[key]!["record"] is null).Should().Be(error is not null);
            text.Should().Contain($"\n{$"stored for {name}",-19}  {error ?? "{"}");
        }

        LoginRequirement requirement = LoginRequirement.Parse(clause);
        LoginRequirement.FromStored(new(stored["certauth"]!["record"]!.ToJsonString(), requirement.TokenIssuer)).Should().Be(requirement);
    }

    [Fact]
    public void Require_ReadsStandardInput_ForADash() =>
        ToolRun.Run(["require", "-"], "require x509\r\n".ToUtf8()).Output.Split('\n')[0]
            .Should().Be("clause               REQUIRE X509");

    [Theory]
    [InlineData("SAN 'URI:spiffe://d/*/x'", "A * that is a whole path segment matches any segment")]
    [InlineData("X509", "The clause names no client")]
    [InlineData("ISSUER '/CN=CA'", "The clause names no client")]
    [InlineData("SUBJECT_CONTAINS '/OU=a'", "The clause names no client")]
    [InlineData("ISSUER_KEY '" + Digest + "'", "The clause names no client")]
    [InlineData("SUBJECT '/CN=a' OR ISSUER '/CN=CA'", "An alternative names no client")]
    [InlineData("SUBJECT '/CN=a' OR SAN 'URI:a://b/*'", "A * that is a whole path segment matches any segment")]
    [InlineData("TOKEN_ISSUER 'idp'", "TOKEN_ISSUER applies to the token and does not require TLS.")]
    public void Require_Warns_WhenTheClauseIsSurprising(string clause, string warning)
    {
        ToolResult result = ToolRun.Run(["require", clause]);

        result.ExitCode.Should().Be(0);
        result.Output.Should().Contain($"\nwarning: {warning}");
    }

    [Theory]
    [InlineData("SUBJECT '/CN=a' ISSUER '/CN=b'")]
    [InlineData("CERTIFICATE '" + Digest + "' OR SAN 'EMAIL:a@example.com'")]
    [InlineData("PUBLIC_KEY '" + Digest + "'")]
    public void Require_DoesNotWarn_ForAnOrdinaryClause(string clause) =>
        ToolRun.Run(["require", clause]).Output.Should().NotContain("warning");

    [Theory]
    [InlineData("SUBJECT '/CN=a' AND", 19)]
    [InlineData("SUBJECT '/CN=a' SUBJCT '/CN=b'", 16)]
    [InlineData("SAN 'IP:10.0.0.300'", 8)]
    [InlineData("PUBLIC_KEY 'sha256:00'", 19)]
    [InlineData("SUBJECT '/CN=a' OR X509", 19)]
    [InlineData("(SUBJECT '/CN=a') OR SUBJECT '/CN=b'", 0)]
    public void Require_PointsToTheError_WhenTheClauseIsMalformed(string clause, int index)
    {
        ToolResult result = ToolRun.Run(["require", clause]);

        (result.ExitCode, result.Output).Should().Be((2, ""));
        string[] lines = result.Error.Split('\n');
        lines[0].Should().StartWith("certauth require: ");
        lines[1..].Should().Equal($"  {clause}", $"  {new string(' ', index)}^", "");
    }

    [Fact]
    public void Require_ShortensALongClause_AroundTheError()
    {
        string clause = $"SUBJECT '/CN={new string('a', 5000)}' ELSE {new string('b', 5000)}";

        string[] lines = ToolRun.Run(["require", clause]).Error.Split('\n');

        lines[1].Length.Should().BeLessThan(250);
        lines[1].Substring(lines[2].IndexOf('^', StringComparison.Ordinal), 4).Should().Be("ELSE");
    }

    [Fact]
    public void Require_FailsWithOneLineError_WhenTheInputIsNotText() =>
        ToolRun.Run(["require", "-"], [0xFF]).Should().Be(new ToolResult(2, "", "certauth require: standard input is not UTF-8 text.\n"));

    private static string NotKnown(string keyword) => $"{keyword} cannot be stored in this format: the server does not know this option.";
}
