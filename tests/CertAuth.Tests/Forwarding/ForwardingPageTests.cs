using System.Reflection;
using System.Text.RegularExpressions;
using CertAuth.Forwarding;
using CertAuth.Testing;
using CertAuth.Tests.Requirements;
using CertAuth.Tests.Support;
using FluentAssertions;

namespace CertAuth.Tests.Forwarding;

/// <summary>Compares docs/forwarding.md and docs/forwarding-format.md with the code and the tests.</summary>
public sealed partial class ForwardingPageTests
{
    private static readonly byte[] s_challenge = CertInfoRow.DefaultChallenge;
    private static readonly TlsConnectionInfo s_client = Clients.Tls(Clients.Certificate(TestName.Of(("CN", "alice"))));
    private static readonly Account s_alice = Account.WithCertificate("alice", "SUBJECT '/CN=alice'");

    private static string Page { get; } =
        File.ReadAllText(Path.Combine(SharedFiles.RepositoryRoot, "docs/forwarding.md")).ReplaceLineEndings("\n");

    private static string FormatPage => ForwardingVector.Page;

    [Fact]
    public void EachThreat_NamesAnExistingTest()
    {
        string[] tests =
        [
            .. typeof(ForwardingPageTests).Assembly.GetTypes().SelectMany(type => type.GetMethods())
                .Where(method => method.GetCustomAttribute<FactAttribute>() is not null).Select(method => method.Name),
        ];
        string threats = Page.Split("\n## Threats\n")[1].Split("\n## ")[0];
        string[] rows = [.. threats.Split('\n').Where(line => line.StartsWith('|')).Skip(2)];
        string[] cited = [.. TestNamePattern().Matches(Page + FormatPage).Select(match => match.Groups[1].Value)];

        rows.Length.Should().BeInRange(10, 30);
        rows.Should().AllSatisfy(row => row.Should().MatchRegex(TestNamePattern()));
        cited.Should().AllSatisfy(name => tests.Should().Contain(name));

        string[] own =
        [
            .. typeof(ForwardingThreatTests).GetMethods().Concat(typeof(ForwardedRotationTests).GetMethods())
                .Where(method => method.GetCustomAttribute<FactAttribute>() is not null).Select(method => method.Name),
        ];
        own.Should().AllSatisfy(test => cited.Should().Contain(test));
    }

    [Theory]
    [InlineData("proxy")]
    [InlineData("server")]
    [InlineData("proxy-key")]
    public void Example_MatchesTheTestedCode(string region)
    {
        string[] source = File.ReadAllLines(
            Path.Combine(SharedFiles.RepositoryRoot, "tests/CertAuth.Tests/Forwarding/ForwardingExample.cs"));
        int start = Array.FindIndex(source, line => line.Trim() == $"#region {region}");
        int end = Array.FindIndex(source, start, line => line.Trim() == "#endregion");
        string example = string.Join('\n', source[(start + 1)..end].Select(line => line.Length > 8 ? line[8..] : ""));

        Page.Should().Contain($"```csharp\n{example}\n```");
    }

    // The example uses the system clock.
    [Fact]
    public async Task Example_LogsInThroughAProxy()
    {
        using TempFolder folder = new();
        TestCertificate signer = TestCertificateAuthority.Create(TestName.Of(("CN", "signers"))).IssueClient(TestName.Of(("CN", "signer")));
        string certificate = folder.Write("signer.pem", signer.Pem), key = folder.Write("signer.key", signer.PrivateKeyPem);
        ConnectionAttribute os = new("_os", "linux"), forged = new(CertInfoToken.InfoAttributeName, "{}");

        (var attributes, Rejection? rejection) =
            await ForwardingExample.AnswerAsync(certificate, key, s_client, "alice", s_challenge, [os, forged]);
        rejection.Should().BeNull();
        AuthenticationResult good = await ForwardingExample.LogInAsync(
            certificate, s_alice, "alice", Clients.Tls(), s_challenge, [.. attributes!.Value]);
        AuthenticationResult bad = await ForwardingExample.LogInAsync(
            certificate, s_alice, "alice", Clients.Tls(), new byte[20], [.. attributes.Value]);

        $"{good}".Should().Be("accepted: alice by certificate");
        (bad.Rejection?.Reason).Should().Be(RejectionReason.ForwardedInfoChallengeMismatch);
        ((await ForwardingExample.AnswerAsync(
            certificate, key, Clients.Tls(Clients.Certificate(Clients.MalformedName)), "alice", s_challenge, [])).Rejection?.Reason)
            .Should().Be(RejectionReason.ForwardingFactsUnrepresentable);
        string proxyCaFile = folder.Write("proxy-ca.pem", TestCertificateAuthority.Create(TestName.Of(("CN", "ca"))).Pem);
        (await ForwardingExample.OpenProxyKeysAsync(proxyCaFile)).Should().NotBeNull();
    }

    [Fact]
    public void Members_MatchTheCode()
    {
        string format = FormatPage.Split("\n## The info\n")[1].Split("\n## ")[0];
        string[] members = [.. format.Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .SelectMany(line => Quoted().Matches(line.Split('|')[1]).Select(match => match.Groups[1].Value))];

        members.Should().Equal(CertInfoMembers.All.Select(member => member.Name.Value));
    }

    [Fact]
    public void Bounds_MatchTheCode()
    {
        string[] rows =
        [
            $"| info | {ForwardingBounds.MaxInfoBytes:N0} bytes |",
            $"| signature attribute | {ForwardingBounds.MaxSignatureBytes:N0} bytes; "
                + $"with certificates {ForwardingBounds.MaxSignatureBytesWithChain:N0} |",
            $"| certificates | 1 to {ForwardingBounds.MaxChainCertificates} |",
            $"| challenge | {ForwardingBounds.MinChallengeBytes} to {ForwardingBounds.MaxChallengeBytes} bytes |",
            $"| `exp` − `iat` | 1 to {ForwardingBounds.MaxLifetimeSeconds} seconds |",
        ];

        rows.Should().AllSatisfy(row => FormatPage.Should().Contain(row));
    }

    // `Subject_DoesThis`
    [GeneratedRegex(@"`([A-Z][a-z]\w*_[A-Z][a-z]\w+)`")]
    private static partial Regex TestNamePattern();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Quoted();
}
