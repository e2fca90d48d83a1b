using System.Text.Json.Nodes;
using CertAuth.Tool.Tests.Support;
using CertAuth.Trust;

namespace CertAuth.Tool.Tests.Commands;

public sealed class BundleTests : IDisposable
{
    private static readonly TestCertificateAuthority s_next = Samples.Ca.Rotate();

    private readonly TempFolder _folder = new();

    private readonly string _old;
    private readonly string _new;

    public BundleTests() => (_old, _new) = (_folder.Write("old.pem", Samples.Ca.Pem), _folder.Write("new.pem", s_next.Pem));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Bundle_ListsTheCertificates()
    {
        ToolResult result = Bundle(_old);

        (result.ExitCode, result.Error).Should().Be((0, ""));
        string[] lines = result.Output.Split('\n');
        lines[0].Should().MatchRegex("^SUBJECT +KEY +VALID FROM +UNTIL +SHA-256$");
        lines[1].Should().MatchRegex("^/C=US/O=Example/CN=Example CA  EC P-256  2026-11-21 11:00:00Z  2036-11-21 12:00:00Z  [0-9a-f]{16}$");
        lines[2..].Should().Equal("");
    }

    [Fact]
    public void Bundle_PrintsTheWarningsOfTheBundle()
    {
        TestCertificateAuthority expired = Samples.CreateCa(
            "Old", new() { NotAfter = Samples.Now.AddDays(-1), NotBefore = Samples.Now.AddDays(-9) });
        string bundle = _folder.Write("odd.pem", Samples.AliceCertificate.Pem + expired.Pem);

        JsonObject result = Bundle(bundle, "--format", "json").ReadJson();

        result["warnings"].Texts("kind").Should().Equal("NotACa", "Expired");
        Bundle(bundle).Output.Should().Contain(" is not a CA certificate.");
    }

    [Fact]
    public void Bundle_Warns_WhenTwoCasHaveTheSameSubject()
    {
        string[] warnings = [.. Bundle(_old, "--add", _new, "--output", _folder["both.pem"]).Output.Split('\n')
            .Where(line => line.StartsWith("warning:", StringComparison.Ordinal))];

        warnings.Should().HaveCount(2).And.OnlyContain(line => line.Contains(
            "Over TLS 1.3, an OpenSSL client that sends the other CA cannot connect", StringComparison.Ordinal));
        warnings.Should().OnlyHaveUniqueItems("each names its certificate");
        Bundle(_old).Output.Should().NotContain("warning:");
    }

    [Fact]
    public void Add_PrintsOnlyTheCombinedPem()
    {
        ToolResult result = Bundle(_old, "--add", _new, _old);

        result.ExitCode.Should().Be(0);
        TrustBundle combined = TrustBundle.Parse(result.Output.ToUtf8());
        combined.Anchors.Select(anchor => Convert.ToHexString(anchor.Certificate.Der.Span)).Should().Equal(
            Convert.ToHexString(Samples.Ca.Der.Span), Convert.ToHexString(s_next.Der.Span));
        result.Error.TrimEnd('\n').Split('\n').Should().AllSatisfy(
            line => line.Should().StartWith("warning: The CA certificate ").And.Contain("has the same subject as another CA certificate"));
    }

    [Fact]
    public void Output_IsReplaced_OnlyWithForce()
    {
        string output = _folder["combined.pem"];

        Bundle(_old, "--add", _new, "--output", output).ExitCode.Should().Be(0);
        string written = File.ReadAllText(output);
        TrustBundle.Parse(written.ToUtf8()).Anchors.Length.Should().Be(2);

        ToolResult second = Bundle(_new, "--add", _new, "--output", output);
        (second.ExitCode, second.Output).Should().Be((2, ""));
        second.Error.Should().Contain("already exists");
        File.ReadAllText(output).Should().Be(written);

        Bundle(_new, "--add", _new, "--output", output, "--force").ExitCode.Should().Be(0);
        TrustBundle.LoadFile(output).Anchors.Should().ContainSingle();
        Directory.GetFiles(_folder.Path).Select(Path.GetFileName).Order().Should().Equal("combined.pem", "new.pem", "old.pem");
    }

    [Theory]
    [InlineData("hello", "The trust bundle contains no certificate.")]
    [InlineData("-----BEGIN CERTIFICATE-----\nAAAA\n", "PEM block 1 at line 1 is malformed")]
    public void Bundle_FailsWithOneLineError_WhenTheFileIsNotABundle(string content, string problem)
    {
        string file = _folder.Write("malformed.pem", content);

        foreach (ToolResult result in (ToolResult[])[Bundle(file), Bundle(_old, "--add", file)])
        {
            (result.ExitCode, result.Output).Should().Be((2, ""));
            result.Error.Should().StartWith($"certauth bundle: {file}: {problem}");
        }
    }

    [Fact]
    public void Output_FailsWithOneLineError_WithoutAdd() => Bundle(_old, "--output", _folder["x.pem"]).Should().Be(
        new ToolResult(2, "", "certauth bundle: --output requires --add, the bundles to combine.\n"));

    [Theory]
    [InlineData("/nowhere/x.pem", "/nowhere/x.pem cannot be written: ")]
    [InlineData("/", "/ cannot be written: ")]
    [InlineData("", "The name of the output file is empty.")]
    public void Output_FailsWithOneLineError_WhenItCannotBeWritten(string path, string problem)
    {
        ToolResult result = Bundle(_old, "--add", _new, "--output", path);

        (result.ExitCode, result.Output).Should().Be((2, ""));
        result.Error.Should().StartWith($"certauth bundle: {problem}");
        result.Error.Split('\n').Length.Should().Be(2);
    }

    private static ToolResult Bundle(string file, params string[] options) => ToolRun.Run(["bundle", file, "--at", Samples.At, .. options]);
}
