using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using CertAuth.Forwarding;
using CertAuth.Requirements;
using CertAuth.Testing;
using CertAuth.Tests.Requirements;
using CertAuth.Tests.Support;
using FluentAssertions;

namespace CertAuth.Tests.Forwarding;

/// <summary>docs/forwarding.md says what is tested, and shows what is run.</summary>
public sealed partial class ForwardingPageTests
{
    private static readonly byte[] s_challenge = CertInfoRow.DefaultChallenge;
    private static readonly TlsConnectionInfo s_client = Clients.Tls(Clients.Certificate(TestName.Of(("CN", "alice"))));
    private static readonly Account s_alice = Account.WithCertificate("alice", "SUBJECT '/CN=alice'");

    private static string Page => ForwardingVector.Page;

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
        string[] named = [.. NameOfATest().Matches(Page).Select(match => match.Groups[1].Value)];

        rows.Length.Should().BeInRange(10, 30);
        rows.Should().AllSatisfy(row => row.Should().MatchRegex(NameOfATest()));
        named.Should().AllSatisfy(name => tests.Should().Contain(name));

        string[] own =
        [
            .. typeof(ForwardingThreatTests).GetMethods().Concat(typeof(ForwardedRotationTests).GetMethods())
                .Where(method => method.GetCustomAttribute<FactAttribute>() is not null).Select(method => method.Name),
        ];
        own.Should().AllSatisfy(test => named.Should().Contain(test));
    }

    [Theory]
    [InlineData("proxy")]
    [InlineData("server")]
    [InlineData("own")]
    public void Example_MatchesTheTestedCode(string region)
    {
        string[] source = File.ReadAllLines(Path.Combine(SharedFiles.RepositoryRoot, "tests/CertAuth.Tests/Forwarding/ForwardingExample.cs"));
        int start = Array.FindIndex(source, line => line.Trim() == $"#region {region}");
        int end = Array.FindIndex(source, start, line => line.Trim() == "#endregion");
        string example = string.Join('\n', source[(start + 1)..end].Select(line => line.Length > 8 ? line[8..] : ""));

        Page.Should().Contain($"```csharp\n{example}\n```");
    }

    // The example reads the system's clock.
    [Fact]
    public async Task Example_LogsInThroughAProxy()
    {
        using TempFolder folder = new();
        TestCertificate signer = TestCertificateAuthority.Create(TestName.Of(("CN", "signers"))).IssueClient(TestName.Of(("CN", "signer")));
        string certificate = folder.Write("signer.pem", signer.Pem), key = folder.Write("signer.key", signer.PrivateKeyPem);
        ConnectionAttribute os = new("_os", "linux"), forged = new(CertInfoToken.InfoAttributeName, "{}");

        (var attributes, Rejection? rejection) = await ForwardingExample.AnswerAsync(certificate, key, s_client, "alice", s_challenge, [os, forged]);
        rejection.Should().BeNull();
        AuthenticationResult good = await ForwardingExample.LogInAsync(certificate, s_alice, "alice", Clients.Tls(), s_challenge, [.. attributes!.Value]);
        AuthenticationResult bad = await ForwardingExample.LogInAsync(certificate, s_alice, "alice", Clients.Tls(), new byte[20], [.. attributes.Value]);

        $"{good}".Should().Be("accepted: alice by certificate");
        (bad.Rejection?.Reason).Should().Be(RejectionReason.ForwardedInfoChallengeMismatch);
        ((await ForwardingExample.AnswerAsync(
            certificate, key, Clients.Tls(Clients.Certificate(Clients.MalformedName)), "alice", s_challenge, [])).Rejection?.Reason)
            .Should().Be(RejectionReason.ForwardingFactsUnrepresentable);
        (await ForwardingExample.OpenOwnKeysAsync(folder.Write("proxy-ca.pem", TestCertificateAuthority.Create(TestName.Of(("CN", "ca"))).Pem)))
            .Should().NotBeNull();
    }

    [Fact]
    public void Members_MatchTheCode()
    {
        string format = Page.Split("\n### The info\n")[1].Split("\n### ")[0];
        string[] members = [.. format.Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .SelectMany(line => Quoted().Matches(line.Split('|')[1]).Select(match => match.Groups[1].Value))];

        members.Should().Equal(Enum.GetValues<CertInfoMember>().Select(member => Encoding.ASCII.GetString(CertInfoMembers.GetName(member))));
    }

    [Fact]
    public void Bounds_MatchTheCode()
    {
        string[] rows =
        [
            $"| info | {CertInfoToken.MaxInfoBytes:N0} bytes |",
            $"| signature attribute | {CertInfoToken.MaxSignatureBytes:N0} bytes; with certificates {CertInfoToken.MaxSignatureBytesWithChain:N0} |",
            $"| certificates | 1 to {CertInfoToken.MaxChainCertificates} |",
            $"| challenge | {CertInfoToken.MinChallengeBytes} to {CertInfoToken.MaxChallengeBytes} bytes |",
            $"| `exp` − `iat` | 1 to {CertInfoRules.MaxLifetimeSeconds} seconds |",
        ];

        rows.Should().AllSatisfy(row => Page.Should().Contain(row));
    }

    // `Subject_DoesThis`
    [GeneratedRegex(@"`([A-Z][a-z]\w*_[A-Z][a-z]\w+)`")]
    private static partial Regex NameOfATest();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Quoted();
}
