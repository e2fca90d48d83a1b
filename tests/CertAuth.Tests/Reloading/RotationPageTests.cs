using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using CertAuth.Testing;
using CertAuth.Tests.Support;
using FluentAssertions;
using Microsoft.Extensions.Logging.Abstractions;

namespace CertAuth.Tests.Reloading;

/// <summary>Compares docs/rotation.md with the tests that it names and the example that it shows.</summary>
public sealed partial class RotationPageTests
{
    private static string Page => File.ReadAllText(Path.Combine(SharedFiles.RepositoryRoot, "docs/rotation.md")).ReplaceLineEndings("\n");

    [Fact]
    public void EachStep_NamesItsTest()
    {
        string[] tests =
        [
            .. typeof(RotationPageTests).Assembly.GetTypes()
                .SelectMany(t => t.GetMethods().Where(m => m.GetCustomAttribute<FactAttribute>() is not null).Select(m => m.Name)),
        ];
        string[] named = [.. TestNamePattern().Matches(Page).Select(m => m.Groups[1].Value)];

        named.Length.Should().BeInRange(18, 60);
        named.Should().AllSatisfy(name => tests.Should().Contain(name));
        string[] steps =
        [
            .. typeof(RotationStepTests).GetMethods().Concat(typeof(SigningRotationStepTests).GetMethods())
                .Where(m => m.GetCustomAttribute<FactAttribute>() is not null).Select(m => m.Name),
        ];
        steps.Should().AllSatisfy(step => named.Should().Contain(step));
    }

    [Fact]
    public void Example_MatchesTheTestedCode()
    {
        string[] source = File.ReadAllLines(Path.Combine(SharedFiles.RepositoryRoot, "tests/CertAuth.Tests/Reloading/RotationExample.cs"));
        int start = Array.FindIndex(source, line => line.Trim() == "#region rotation");
        int end = Array.FindIndex(source, line => line.Trim() == "#endregion");
        string example = string.Join('\n', source[(start + 1)..end].Select(line => line.Length > 8 ? line[8..] : ""));

        Page.Should().Contain($"```csharp\n{example}\n```");
    }

    [Fact]
    public async Task Example_PrintsTheCurrentMaterial()
    {
        using TempFolder folder = new();
        TestCertificateAuthority ca = TestCertificateAuthority.Create(TestName.Of(("CN", "ca")));
        TestCertificate server = ca.IssueServer("db.test");

        string output = await RotationExample.RunAsync(
            folder.Write("ca.pem", ca.Pem),
            folder.Write("tls.crt", server.Pem),
            folder.Write("tls.key", server.PrivateKeyPem),
            folder.Write("jwks.json", Encoding.UTF8.GetString(TestTokenKey.CreateJwkSet(TestTokenKey.Create("k")))),
            NullLogger.Instance);

        string[] lines = output.Split('\n');
        lines[0].Should().Be("The material has not changed.");
        lines[1].Should().StartWith("trust-bundle is healthy: certificates (1): /CN=ca, EC P-256, until ");
        lines[2].Should().StartWith("server-certificate is healthy: /CN=db.test, EC P-256, until ");
        lines[3].Should().Be("jwk-set is healthy: keys (1): k");
    }

    // `Subject_DoesThis`
    [GeneratedRegex(@"`(\w+_\w+)`")]
    private static partial Regex TestNamePattern();
}
