using System.Text.RegularExpressions;
using CertAuth.Forwarding;
using CertAuth.Tests.Forwarding;
using CertAuth.Tests.Requirements;

namespace CertAuth.Tests.Docs;

/// <summary>Compares docs/forwarding.md and docs/forwarding-format.md with the code and the tests.</summary>
public sealed partial class ForwardingPageTests
{
    private static readonly byte[] s_challenge = CertInfoRow.DefaultChallenge;
    private static readonly TlsConnectionInfo s_client = Clients.Tls(Clients.Certificate(TestName.Of(("CN", "alice"))));
    private static readonly Account s_alice = Account.WithCertificate("alice", "SUBJECT '/CN=alice'");

    private static readonly DocPage s_page = new("docs/forwarding.md");

    [Fact]
    public void EachThreat_NamesAnExistingTest()
    {
        string[] tests = [.. s_page.ReadRows("Threats").Select(row => row[^1])];
        string[] cited = [.. s_page.CitedTests, .. ForwardingVector.Page.CitedTests];

        tests.Length.Should().BeInRange(10, 30);
        tests.Should().OnlyContain(cell => cited.Any(test => cell.Contains(test, StringComparison.Ordinal)));
        cited.Should().BeSubsetOf(TestMethods.All);
        TestMethods.Of(typeof(ForwardingThreatTests), typeof(ForwardedRotationTests)).Should().BeSubsetOf(cited);
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
        string[] members =
        [
            .. ForwardingVector.Page.ReadRows("The info")
                .SelectMany(row => Quoted().Matches(row[0]).Select(match => match.Groups[1].Value)),
        ];

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

        rows.Should().AllSatisfy(row => ForwardingVector.Page.Text.Should().Contain(row));
    }

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Quoted();
}
