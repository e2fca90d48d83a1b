using System.Text.Json.Nodes;
using CertAuth.Tool.Tests.Support;

namespace CertAuth.Tool.Tests.Commands;

/// <summary>Tests the checks of pins and of clauses with alternatives.</summary>
public sealed class CheckAlternativesTests : IDisposable
{
    private const string Alice = "SUBJECT '/C=US/O=Example/CN=alice'";
    private const string Bob = "SUBJECT '/C=US/O=Example/CN=bob'";
    private const string Elsewhere = "SUBJECT_CONTAINS '/O=Elsewhere'";

    private readonly TempFolder _folder = new();

    private readonly string _ca;
    private readonly string _alice;

    public CheckAlternativesTests() =>
        (_ca, _alice) = (_folder.Write("ca.pem", Samples.Ca.Pem), _folder.Write("alice.pem", Samples.AliceCertificate.Pem));

    public void Dispose() => _folder.Dispose();

    // The alternative that decides is listed with its checks. The first one that is met decides; otherwise, the one that got furthest.
    [Theory]
    [InlineData(Bob + " OR " + Alice, "SubjectMismatch", null, 2)]
    [InlineData(Alice + " OR " + Bob, null, "SubjectMismatch", 1)]
    [InlineData(Bob + " OR " + Elsewhere, "SubjectMismatch", "SubjectPartMissing", 2)]
    [InlineData(Elsewhere + " OR " + Bob, "SubjectPartMissing", "SubjectMismatch", 1)]
    [InlineData(Bob + " OR SUBJECT '/CN=carol'", "SubjectMismatch", "SubjectMismatch", 1)]
    [InlineData("CIPHER 'TLS_AES_128_GCM_SHA256' " + Alice + " OR ISSUER '/CN=x'", "CipherMismatch", "IssuerMismatch", 2)]
    public void Check_ListsTheAlternativeThatDecides(string clause, string? first, string? second, int deciding)
    {
        ToolResult result = Check(clause);
        JsonObject json = Check(clause, "--format", "json").ReadJson();

        json["alternative"]!.GetValue<int>().Should().Be(deciding);
        string?[] reasons = [.. new[] { 1, 2 }.Select(number => json["checks"]!.AsArray()
            .Where(check => check!["alternative"]?.GetValue<int>() == number)
            .FirstOrDefault(check => !check!["met"]!.GetValue<bool>())?["reason"].Text())];
        reasons.Should().Equal(first, second);
        string? decision = reasons[deciding - 1];
        (result.ExitCode, json["reason"].Text()).Should().Be((decision is null ? 0 : 1, decision));
        result.Output.Should().EndWith($" (alternative {deciding} of 2)\n");
        for (int i = 1; i <= 2; i++)
        {
            string verdict = reasons[i - 1] is null ? "met$" : "not met: .+$";
            result.Output.Should().MatchRegex($"(?m)^alternative {i} +{verdict}");
        }

        CountLines(result, "  certificate ").Should().Be(1);
    }

    // SUBJECT and SUBJECT_CONTAINS give the same reason for a malformed subject, but SUBJECT_CONTAINS is checked later.
    [Theory]
    [InlineData(Alice + " OR " + Elsewhere, 2)]
    [InlineData(Elsewhere + " OR " + Alice, 1)]
    [InlineData(Alice + " OR " + Bob, 1)]
    [InlineData(Elsewhere + " OR SUBJECT_CONTAINS '/O=x'", 1)]
    public void Check_ListsTheAlternativeThatGotFurthest_WhenTheSubjectIsMalformed(string clause, int deciding)
    {
        // CN is a UTF8String that is not UTF-8.
        TestName malformed = TestName.FromDer(Convert.FromHexString("300D310B300906035504030C02C328"));
        _folder.Write("alice.pem", Samples.Ca.IssueClient(malformed).Pem);

        ToolResult result = Check(clause);

        result.ExitCode.Should().Be(1);
        Check(clause, "--format", "json").ReadJson()["reason"].Text().Should().Be("SubjectMalformed");
        result.Output.Should().EndWith($" (alternative {deciding} of 2)\n");
    }

    [Fact]
    public void Explain_ListsTheChecksOfEveryAlternative()
    {
        ToolResult result = Check($"{Bob} OR {Elsewhere} OR {Alice} SAN 'DNS:alice.example'", "--explain");

        result.ExitCode.Should().Be(0);
        CountLines(result, "  certificate ").Should().Be(3);
        string[] labels = [.. result.Output.Split('\n').Where(line => line.Contains("met", StringComparison.Ordinal))
            .Select(line => line.Split("  ", StringSplitOptions.RemoveEmptyEntries)[0].Trim())];
        labels.Should().Equal(
            "transport",
            "alternative 1", "certificate", "subject",
            "alternative 2", "certificate", "subject contains",
            "alternative 3", "certificate", "subject", "names");
        result.Output.Should().EndWith("\naccepted (alternative 3 of 3)\n");
    }

    // A clause with one alternative is explained completely in any case.
    [Theory]
    [InlineData("SSL")]
    [InlineData("X509")]
    [InlineData(Bob)]
    public void Explain_ChangesNothing_WithoutAlternatives(string clause) =>
        Check(clause, "--explain").Should().Be(Check(clause));

    [Fact]
    public void Check_NamesNoAlternative_WhenThePathIsRejected()
    {
        _folder.Write("ca.pem", Samples.CreateCa("Another CA").Pem);

        ToolResult result = Check($"{Alice} OR {Bob}");

        result.ExitCode.Should().Be(1);
        result.Output.Should().MatchRegex("(?m)^alternative 1 +not met: No verified certificate was presented\\.\n")
            .And.NotContain("alternative 2 of 2");
        Check($"{Alice} OR {Bob}", "--format", "json").ReadJson()["alternative"].Should().BeNull();
    }

    public static TheoryData<string, string> PinsOfAnotherThing { get; } = new()
    {
        { $"PUBLIC_KEY '{Pins.Of(Samples.AliceCertificate)}'", "that of the client certificate; use CERTIFICATE" },
        { $"ISSUER_KEY '{Pins.Of(Samples.AliceCertificate)}'", "that of the client certificate; use CERTIFICATE" },
        { $"CERTIFICATE '{Pins.Of(Samples.AliceCertificate.Key)}'", "that of the client certificate's public key; use PUBLIC_KEY" },
        { $"ISSUER_KEY '{Pins.Of(Samples.AliceCertificate.Key)}'", "that of the client certificate's public key; use PUBLIC_KEY" },
        { $"CERTIFICATE '{Pins.Of(Samples.Ca.Key)}'", "that of the issuer's public key; use ISSUER_KEY" },
        { $"PUBLIC_KEY '{Pins.Of(Samples.Ca.Key)}'", "that of the issuer's public key; use ISSUER_KEY" },
        {
            $"ISSUER_KEY '{Pins.Of(Samples.Ca.Certificate)}'",
            "that of the issuer's certificate; use ISSUER_KEY with the digest of its public key"
        },
    };

    [Theory, MemberData(nameof(PinsOfAnotherThing), DisableDiscoveryEnumeration = true)]
    public void Check_NamesTheOption_ToWhichADigestBelongs(string option, string hint)
    {
        ToolResult result = Check(option);

        result.ExitCode.Should().Be(1);
        result.Output.Should().MatchRegex($"(?m)^  difference +the required digest is {hint}$");
    }

    public static TheoryData<string> MetPins { get; } =
    [
        $"CERTIFICATE '{Pins.Of(Samples.AliceCertificate)}'",
        $"PUBLIC_KEY '{Pins.Of(Samples.Ca.Key)},{Pins.Of(Samples.AliceCertificate.Key)}'",
        $"ISSUER_KEY '{Pins.Of(Samples.Ca.Key)}'",
    ];

    [Theory, MemberData(nameof(MetPins), DisableDiscoveryEnumeration = true)]
    public void Check_AcceptsAPin(string option)
    {
        ToolResult result = Check(option);

        result.ExitCode.Should().Be(0, result.Output);
        result.Output.Should().NotContain("difference");
    }

    private static int CountLines(ToolResult result, string start) =>
        result.Output.Split('\n').Count(line => line.StartsWith(start, StringComparison.Ordinal));

    private ToolResult Check(string clause, params string[] options) =>
        ToolRun.Run(["check", _alice, "--ca", _ca, "--require", clause, "--at", Samples.At, .. options]);
}
