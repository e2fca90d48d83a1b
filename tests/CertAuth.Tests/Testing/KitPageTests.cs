using System.Text.RegularExpressions;
using CertAuth.Testing;
using CertAuth.Tests.Requirements;
using CertAuth.Tests.Support;
using CertAuth.Tls;
using CertAuth.Trust;

namespace CertAuth.Tests.Testing;

/// <summary>The kit's README shows what is run.</summary>
public sealed partial class KitPageTests
{
    private static readonly TlsConnectionInfo s_connection = Clients.Tls(Clients.Certificate(TestName.Of(("CN", "alice"))));

    [Fact]
    public void Examples_AreThoseThatAreRun()
    {
        string page = File.ReadAllText(Path.Combine(SharedFiles.RepositoryRoot, "src/CertAuth.Testing/README.md")).ReplaceLineEndings("\n");
        string[] shown = [.. Example().Matches(page).Select(match => match.Groups[1].Value)];

        Assert.Equal(6, shown.Length);
        Assert.Equal(Regions().Order(StringComparer.Ordinal), shown.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Issue_MakesGoodAndBadCertificates()
    {
        (TestCertificate alice, TestCertificate odd, TestCertificateAuthority ca) = KitExample.Issue();
        TrustBundle bundle = TrustExtensions.Bundle(
            new TrustBundleOptions { TimeProvider = new FixedClock(new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero)) }, ca.Certificate);

        Assert.Equal(FailureReason.None, bundle.Judge(alice));
        Assert.NotEqual(FailureReason.None, bundle.Judge(odd));
    }

    [Fact]
    public async Task LogIn_Decides() => Assert.Equal(
        ("allowed: alice by Certificate", FailureReason.UntrustedIssuer), await KitExample.LogInAsync(TestContext.Current.CancellationToken));

    [Fact]
    public void Revoke_Revokes()
    {
        (TrustBundle bundle, TestCertificate alice) = KitExample.Revoke();

        Assert.Equal(FailureReason.Revoked, bundle.Judge(alice));
    }

    [Fact]
    public async Task LogInByToken_Decides() => Assert.Equal(
        ("allowed: alice by Token", FailureReason.TokenExpired),
        await KitExample.LogInByTokenAsync(s_connection, TestContext.Current.CancellationToken));

    [Fact]
    public async Task Forward_IsBelieved()
    {
        var result = await KitExample.ForwardAsync(s_connection, TestContext.Current.CancellationToken);

        Assert.True(result.Succeeded, $"{result.Refusal}");
        Assert.Equal("/CN=alice", $"{result.Connection!.ClientCertificate}");
    }

    [Fact]
    public void FixedKeys_AreThoseOfTheirType()
    {
        (TestCertificateAuthority ca, TestTokenMinter minter) = KitExample.FixedKeys();

        Assert.Same(TestKey.Fixed(TestKeyType.Rsa4096), ca.Key);
        Assert.Equal(TestKey.Fixed(TestKeyType.Rsa2048, 2).PrivateKeyPem, minter.Key.PrivateKeyPem);
    }

    private static IEnumerable<string> Regions()
    {
        string[] source = File.ReadAllLines(Path.Combine(SharedFiles.RepositoryRoot, "tests/CertAuth.Tests/Testing/KitExample.cs"));
        for (int start = 0; (start = Array.FindIndex(source, start, line => line.Contains("#region", StringComparison.Ordinal))) >= 0;)
        {
            int end = Array.FindIndex(source, start, line => line.Trim() == "#endregion");
            yield return string.Join('\n', source[(start + 1)..end].Select(line => line.Length > 8 ? line[8..] : ""));
            start = end;
        }
    }

    [GeneratedRegex("```csharp\n(.*?)\n```", RegexOptions.Singleline)]
    private static partial Regex Example();
}
