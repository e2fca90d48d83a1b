using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using CertAuth.Testing;
using CertAuth.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace CertAuth.Tests.Reloading;

/// <summary>docs/rotation.md says what is tested, and shows what is run.</summary>
public sealed partial class RotationPageTests
{
    private static string Page => File.ReadAllText(Path.Combine(SharedFiles.RepositoryRoot, "docs/rotation.md")).ReplaceLineEndings("\n");

    [Fact]
    public void EachStep_HasATestOfItsName()
    {
        string[] tests =
        [
            .. typeof(RotationPageTests).Assembly.GetTypes().Where(t => t.Namespace == typeof(RotationPageTests).Namespace)
                .SelectMany(t => t.GetMethods().Where(m => m.GetCustomAttribute<FactAttribute>() is not null).Select(m => m.Name)),
        ];
        string[] named = [.. NameOfATest().Matches(Page).Select(m => m.Groups[1].Value)];

        Assert.InRange(named.Length, 18, 40);
        Assert.All(named, name => Assert.Contains(name, tests));
        string[] steps =
        [
            .. typeof(RotationStepTests).GetMethods().Concat(typeof(SigningRotationStepTests).GetMethods())
                .Where(m => m.GetCustomAttribute<FactAttribute>() is not null).Select(m => m.Name),
        ];
        Assert.All(steps, step => Assert.Contains(step, named));
    }

    [Fact]
    public void Example_IsTheOneThatIsRun()
    {
        string[] source = File.ReadAllLines(Path.Combine(SharedFiles.RepositoryRoot, "tests/CertAuth.Tests/Reloading/RotationExample.cs"));
        int start = Array.FindIndex(source, line => line.Trim() == "#region rotation");
        int end = Array.FindIndex(source, line => line.Trim() == "#endregion");
        string example = string.Join('\n', source[(start + 1)..end].Select(line => line.Length > 8 ? line[8..] : ""));

        Assert.Contains($"```csharp\n{example}\n```", Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Example_TellsWhatIsInUse()
    {
        using TempFolder folder = new();
        TestCertificateAuthority ca = TestCertificateAuthority.Create(TestName.Of(("CN", "ca")));
        TestCertificate server = ca.IssueServer("db.test");

        string told = await RotationExample.RunAsync(
            folder.Write("ca.pem", ca.Pem),
            folder.Write("tls.crt", server.Pem),
            folder.Write("tls.key", server.PrivateKeyPem),
            folder.Write("jwks.json", Encoding.UTF8.GetString(TestTokenKey.KeySet(TestTokenKey.Create("k")))),
            NullLogger.Instance);

        string[] lines = told.Split('\n');
        Assert.Equal("Unchanged", lines[0]);
        Assert.StartsWith("trust-bundle: Healthy, certificates (1): /CN=ca, EC P-256, until ", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("server-certificate: Healthy, /CN=db.test, EC P-256, until ", lines[2], StringComparison.Ordinal);
        Assert.Equal("key-set: Healthy, keys (1): k", lines[3]);
    }

    // `Subject_DoesThis`
    [GeneratedRegex(@"`(\w+_\w+)`")]
    private static partial Regex NameOfATest();
}
