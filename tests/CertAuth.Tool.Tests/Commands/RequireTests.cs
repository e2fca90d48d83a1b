using System.Text.Json.Nodes;
using CertAuth.Tool.Tests.Support;
using FluentAssertions;

namespace CertAuth.Tool.Tests.Commands;

public sealed class RequireTests
{
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

    [Fact]
    public void Require_ReadsStandardInput_ForADash() =>
        ToolRun.Run(["require", "-"], "require x509\r\n".ToUtf8()).Output.Split('\n')[0].Should().Be("clause               REQUIRE X509");

    [Theory]
    [InlineData("SAN 'URI:spiffe://d/*/x'", "A * that is a whole path segment matches any segment")]
    [InlineData("X509", "The clause names no client")]
    [InlineData("ISSUER '/CN=CA'", "The clause names no client")]
    [InlineData("TOKEN_ISSUER 'idp'", "TOKEN_ISSUER applies to the token and does not require TLS.")]
    public void Require_Warns_WhenTheClauseIsSurprising(string clause, string warning)
    {
        ToolResult result = ToolRun.Run(["require", clause]);

        result.ExitCode.Should().Be(0);
        result.Output.Should().Contain($"\nwarning: {warning}");
    }

    [Fact]
    public void Require_DoesNotWarn_ForAnOrdinaryClause() =>
        ToolRun.Run(["require", "SUBJECT '/CN=a' ISSUER '/CN=b'"]).Output.Should().NotContain("warning");

    [Theory]
    [InlineData("SUBJECT '/CN=a' AND", 19)]
    [InlineData("SUBJECT '/CN=a' SUBJCT '/CN=b'", 16)]
    [InlineData("SAN 'IP:10.0.0.300'", 8)]
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
}
