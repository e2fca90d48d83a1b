using System.Text.Json.Nodes;
using CertAuth.Tool.Tests.Support;

namespace CertAuth.Tool.Tests.Commands;

public sealed class RequireTests
{
    [Fact]
    public void Clause_IsPrintedInCanonicalFormAndAsStored() => Assert.Equal(
        """
        clause  REQUIRE SUBJECT '/C=US/CN=alice' SAN 'DNS:db.example'
        stored  {"ssl_type":3,"x509_subject":"/C=US/CN=alice","san":"DNS:db.example"}

        """.ReplaceLineEndings("\n"),
        ToolRun.Run(["require", "san \"DNS: db.example\" and subject '/c=US/cn=alice'"]).Output);

    [Fact]
    public void Json_HasTheSame()
    {
        JsonObject result = ToolRun.Run(["require", "TOKEN_ISSUER 'idp'", "--format", "json"]).ReadJson();

        Assert.Equal("REQUIRE TOKEN_ISSUER 'idp'", result["clause"].Text());
        Assert.Equal("idp", result["token_issuer"].Text());
    }

    [Fact]
    public void StandardInput_IsReadByADash() =>
        Assert.Equal("clause  REQUIRE X509", ToolRun.Run(["require", "-"], "require x509\r\n".Bytes()).Output.Split('\n')[0]);

    [Theory]
    [InlineData("SAN 'URI:spiffe://d/*/x'", "A * that is a whole path segment stands for any segment")]
    [InlineData("X509", "It names nobody")]
    [InlineData("ISSUER '/CN=CA'", "It names nobody")]
    [InlineData("TOKEN_ISSUER 'idp'", "TOKEN_ISSUER alone demands no TLS")]
    public void WhatSurprises_IsWarnedOf(string clause, string warning)
    {
        ToolResult result = ToolRun.Run(["require", clause]);

        Assert.Equal(0, result.ExitCode);
        Assert.Contains($"\nwarning: {warning}", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void OrdinaryClause_IsWarnedOfNothing() =>
        Assert.DoesNotContain("warning", ToolRun.Run(["require", "SUBJECT '/CN=a' ISSUER '/CN=b'"]).Output, StringComparison.Ordinal);

    [Theory]
    [InlineData("SUBJECT '/CN=a' AND", 19)]
    [InlineData("SUBJECT '/CN=a' SUBJCT '/CN=b'", 16)]
    [InlineData("SAN 'IP:10.0.0.300'", 8)]
    public void BadClause_HasACaretBelowTheCharacter(string clause, int index)
    {
        ToolResult result = ToolRun.Run(["require", clause]);

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        string[] lines = result.Error.Split('\n');
        Assert.StartsWith("certauth require: ", lines[0], StringComparison.Ordinal);
        Assert.Equal([$"  {clause}", $"  {new string(' ', index)}^", ""], lines[1..]);
    }

    [Fact]
    public void LongBadClause_IsShownAroundTheCharacter()
    {
        string clause = $"SUBJECT '/CN={new string('a', 5000)}' XXX {new string('b', 5000)}";

        string[] lines = ToolRun.Run(["require", clause]).Error.Split('\n');

        Assert.True(lines[1].Length < 250);
        Assert.Equal("XXX", lines[1].Substring(lines[2].IndexOf('^', StringComparison.Ordinal), 3));
    }

    [Fact]
    public void InputThatIsNoText_IsOneLine() =>
        Assert.Equal(new(2, "", "certauth require: standard input isn't text in UTF-8.\n"), ToolRun.Run(["require", "-"], [0xFF]));
}
