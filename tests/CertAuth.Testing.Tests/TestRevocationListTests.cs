using System.Text;
using CertAuth.Trust;

namespace CertAuth.Testing.Tests;

public sealed class TestRevocationListTests
{
    private static readonly FixedClock s_clock = new(TestClock.Now);

    private static readonly Dictionary<string, (TestRevocationListOptions Options, RejectionReason Expected)> s_faults = new()
    {
        ["valid"] = (new(), RejectionReason.None),
        ["at nextUpdate"] = (new() { NextUpdate = TestClock.Now }, RejectionReason.None),
        ["stale"] = (new() { NextUpdate = TestClock.Now.AddSeconds(-1) }, RejectionReason.RevocationListStale),
        ["with a corrupt signature"] = (new() { CorruptSignature = true }, RejectionReason.RevocationListMissing),
        ["forged"] = (new() { SigningKey = TestKey.Fixed(TestKeyType.P256) }, RejectionReason.RevocationListMissing),
        ["from another issuer"] = (new() { Issuer = TestName.Of(("CN", "another")) }, RejectionReason.RevocationListMissing),
        ["that also lists the presented certificate"] = (new() { SerialNumbers = [3] }, RejectionReason.CertificateRevoked),
    };

    public static TheoryData<string> Faults => [.. s_faults.Keys];

    [Theory]
    [InlineData(TestKeyType.P256)]
    [InlineData(TestKeyType.P384)]
    [InlineData(TestKeyType.P521)]
    [InlineData(TestKeyType.Rsa2048)]
    public void IssueRevocationList_RevokesTheGivenCertificates(TestKeyType type)
    {
        TestCertificateAuthority ca = Create(type);
        TestCertificate revoked = ca.IssueClient(TestName.Of(("CN", "revoked"))), good = ca.IssueClient(TestName.Of(("CN", "good")));
        TestRevocationList list = ca.IssueRevocationList(revoked);

        TrustBundle fromDer = Load(ca, list.Der), fromPem = Load(ca, Encoding.ASCII.GetBytes(list.Pem));

        fromDer.VerifyChain(revoked).Should().Be(RejectionReason.CertificateRevoked);
        fromDer.VerifyChain(good).Should().Be(RejectionReason.None);
        fromPem.VerifyChain(revoked).Should().Be(RejectionReason.CertificateRevoked);
        fromPem.VerifyChain(good).Should().Be(RejectionReason.None);
    }

    [Theory, MemberData(nameof(Faults))]
    public void IssueRevocationList_WritesTheRequestedFault(string list)
    {
        TestCertificateAuthority ca = Create();
        TestCertificate revoked = ca.IssueClient(TestName.Of(("CN", "revoked")));
        TestCertificate presented = ca.IssueClient(TestName.Of(("CN", "presented")));

        TrustBundle bundle = Load(ca, ca.IssueRevocationList([revoked], s_faults[list].Options).Der);

        bundle.VerifyChain(presented).Should().Be(s_faults[list].Expected);
    }

    [Fact]
    public void IssueRevocationList_WritesListsThatCannotBeParsed()
    {
        TestCertificateAuthority ca = Create();
        TestRevocationList withoutNextUpdate = ca.IssueRevocationList([], new() { HasNextUpdate = false });
        TestRevocationList withUnknownExtension = ca.IssueRevocationList(
            [], new() { Extensions = [new("1.2.3.4", critical: true, [5, 0])] });

        FluentActions.Invoking(() => Load(ca, withoutNextUpdate.Der))
            .Should().ThrowExactly<FormatException>().Which.Message.Should().ContainEquivalentOf("nextUpdate");
        FluentActions.Invoking(() => Load(ca, withUnknownExtension.Der))
            .Should().ThrowExactly<FormatException>().Which.Message.Should().MatchRegex("(?i)unknown ?critical ?extension");
    }

    // A rotated CA has the same name. The list applies only to certificates signed by its own key.
    [Fact]
    public void IssueRevocationList_AppliesOnlyToTheKeyOfTheCa()
    {
        TestCertificateAuthority ca = Create();
        TestCertificateAuthority next = ca.Rotate();
        TestCertificate old = ca.IssueClient(TestName.Of(("CN", "bob"))), renewed = next.IssueClient(TestName.Of(("CN", "bob")));

        TrustBundle bundle = Load([ca, next], ca.IssueRevocationList(old).Der, next.IssueRevocationList().Der);

        bundle.VerifyChain(old).Should().Be(RejectionReason.CertificateRevoked);
        bundle.VerifyChain(renewed).Should().Be(RejectionReason.None);
    }

    [Theory]
    [InlineData(TestKeyType.P256)]
    [InlineData(TestKeyType.P384)]
    [InlineData(TestKeyType.Rsa2048)]
    public void OpenSsl_AgreesWithTheList(TestKeyType type)
    {
        using OpenSsl openSsl = new();
        TestCertificateAuthority ca = Create(type);
        TestCertificate revoked = ca.IssueClient(TestName.Of(("CN", "revoked")));
        string anchor = openSsl.File("ca.pem", ca.Pem);
        string good = openSsl.File("good.crl", ca.IssueRevocationList([revoked], new() { Number = 0x1234 }).Pem);
        string bad = openSsl.File("bad.crl", ca.IssueRevocationList([revoked], new() { CorruptSignature = true }).Pem);

        (int exitCode, string shown) = openSsl.Run("crl", "-in", good, "-CAfile", anchor, "-noout", "-text");
        (int _, string rejected) = openSsl.Run("crl", "-in", bad, "-CAfile", anchor, "-noout", "-text");
        (int verifyExitCode, string reason) = openSsl.Run(
            "verify", "-attime", $"{TestClock.Now.ToUnixTimeSeconds()}", "-crl_check", "-CRLfile", good, "-CAfile", anchor,
            openSsl.File("leaf.pem", revoked.Pem));

        exitCode.Should().Be(0, shown);
        shown.Should().Contain("verify OK");
        shown.Should().Contain("Serial Number: 02");
        shown.Should().Contain("Last Update: May  6 06:08:09 2030 GMT");
        shown.Should().Contain("Next Update: May 13 07:08:09 2030 GMT");
        shown.Should().Contain("4660");
        rejected.Should().Contain("verify failure");
        verifyExitCode.Should().NotBe(0);
        reason.Should().Contain("certificate revoked");
    }

    [Fact]
    public void IssueRevocationList_RevokesACertificateOfVersion1()
    {
        TestCertificateAuthority ca = Create();
        TestCertificate old = ca.Issue(new() { Subject = TestName.Of(("CN", "old")), Version = TestCertificateVersion.V1 });

        Load(ca, ca.IssueRevocationList(old).Der).VerifyChain(old).Should().Be(RejectionReason.CertificateRevoked);
    }

    private static TestCertificateAuthority Create(TestKeyType type = TestKeyType.P256) => TestCertificateAuthority.Create(
        TestName.Of(("CN", "ca")), new() { Key = TestKey.Fixed(type, 2), TimeProvider = s_clock });

    private static TrustBundle Load(TestCertificateAuthority ca, ReadOnlyMemory<byte> list) => Load([ca], list);

    private static TrustBundle Load(TestCertificateAuthority[] cas, params ReadOnlySpan<ReadOnlyMemory<byte>> lists) => TrustBundle.Parse(
        Encoding.ASCII.GetBytes(string.Concat(cas.Select(ca => ca.Pem))), new() { TimeProvider = s_clock, RevocationLists = [.. lists] });
}
