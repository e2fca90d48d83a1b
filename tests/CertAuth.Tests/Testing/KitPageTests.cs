using System.Text.RegularExpressions;
using CertAuth.Testing;
using CertAuth.Tests.Requirements;
using CertAuth.Tests.Support;
using CertAuth.Trust;
using FluentAssertions;

namespace CertAuth.Tests.Testing;

/// <summary>The examples of the test kit's README.</summary>
public sealed partial class KitPageTests
{
    private static readonly TlsConnectionInfo s_connection = Clients.Tls(Clients.Certificate(TestName.Of(("CN", "alice"))));

    [Fact]
    public void Examples_MatchTheTestedCode()
    {
        string[] shown = [.. ReadExamples().Where(example => !IsComplete(example))];

        shown.Length.Should().Be(6);
        shown.Order(StringComparer.Ordinal).Should().Equal(Regions().Order(StringComparer.Ordinal));
    }

    // The file is the example, except for the suppression of a warning and the namespace.
    [Fact]
    public void CompleteExample_MatchesTheTestedFile()
    {
        string[] file = File.ReadAllLines(Path.Combine(SharedFiles.RepositoryRoot, "tests/CertAuth.Tests/Testing/AliceLoginTests.cs"));
        string expected = string.Join('\n', file[1..]).Replace("namespace CertAuth.Tests.Testing;\n\n", "", StringComparison.Ordinal);

        ReadExamples().Where(IsComplete).Should().Equal(expected);
    }

    [Fact]
    public void Issue_MakesValidAndInvalidCertificates()
    {
        (TestCertificate alice, TestCertificate odd, TestCertificateAuthority ca) = KitExample.Issue();
        TrustBundle bundle = TrustExtensions.Bundle(
            new TrustBundleOptions { TimeProvider = new FixedClock(new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero)) }, ca.Certificate);

        bundle.VerifyChain(alice).Should().Be(RejectionReason.None);
        bundle.VerifyChain(odd).Should().NotBe(RejectionReason.None);
    }

    [Fact]
    public async Task LogIn_AcceptsAKnownClientAndRejectsAStranger() =>
        (await KitExample.LogInAsync(TestContext.Current.CancellationToken))
            .Should().Be(("accepted: alice by certificate", RejectionReason.UntrustedIssuer));

    [Fact]
    public void Revoke_RejectsTheRevokedCertificate()
    {
        (TrustBundle bundle, TestCertificate alice) = KitExample.Revoke();

        bundle.VerifyChain(alice).Should().Be(RejectionReason.CertificateRevoked);
    }

    [Fact]
    public async Task LogInByToken_AcceptsAValidTokenAndRejectsAnExpiredOne() =>
        (await KitExample.LogInByTokenAsync(s_connection, TestContext.Current.CancellationToken))
            .Should().Be(("accepted: alice by token", RejectionReason.TokenExpired));

    [Fact]
    public async Task Forward_AcceptsTheClient()
    {
        var result = await KitExample.ForwardAsync(s_connection, TestContext.Current.CancellationToken);

        result.Succeeded.Should().BeTrue($"{result.Rejection}");
        $"{result.Connection!.ClientCertificate}".Should().Be("/CN=alice");
    }

    [Fact]
    public void UseFixedKeys_ReturnsTheFixedKeys()
    {
        (TestCertificateAuthority ca, TestTokenMinter minter) = KitExample.UseFixedKeys();

        ca.Key.Should().BeSameAs(TestKey.Fixed(TestKeyType.Rsa4096));
        minter.Key.PrivateKeyPem.Should().Be(TestKey.Fixed(TestKeyType.Rsa2048, 2).PrivateKeyPem);
    }

    private static string[] ReadExamples()
    {
        string page = File.ReadAllText(Path.Combine(SharedFiles.RepositoryRoot, "src/CertAuth.Testing/README.md")).ReplaceLineEndings("\n");
        return [.. Example().Matches(page).Select(match => match.Groups[1].Value)];
    }

    private static bool IsComplete(string example) => example.StartsWith("using ", StringComparison.Ordinal);

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
