using System.Text;
using CertAuth.Tests.Reloading;
using Microsoft.Extensions.Logging.Abstractions;

namespace CertAuth.Tests.Docs;

/// <summary>Compares docs/rotation.md with the tests that it names, and runs its example.</summary>
public sealed class RotationPageTests
{
    [Fact]
    public void EachStep_NamesItsTest()
    {
        string[] cited = new DocPage("docs/rotation.md").CitedTests;

        cited.Length.Should().BeInRange(18, 60);
        cited.Should().BeSubsetOf(TestMethods.All);
        TestMethods.Of(typeof(RotationStepTests), typeof(SigningRotationStepTests)).Should().BeSubsetOf(cited);
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
}
