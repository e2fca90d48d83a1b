using System.Text;
using CertAuth.Testing;
using CertAuth.Tests.Support;
using CertAuth.Trust;

namespace CertAuth.Tests.Testing;

public sealed class TestRevocationListTests
{
    private static readonly FixedClock s_clock = new(TestClock.Now);

    private static readonly Dictionary<string, (TestRevocationListOptions Options, FailureReason Expected)> s_faults = new()
    {
        ["good"] = (new(), FailureReason.None),
        ["in its last second"] = (new() { NextUpdate = TestClock.Now }, FailureReason.None),
        ["stale"] = (new() { NextUpdate = TestClock.Now.AddSeconds(-1) }, FailureReason.RevocationListStale),
        ["with a damaged signature"] = (new() { CorruptSignature = true }, FailureReason.RevocationListMissing),
        ["forged"] = (new() { SigningKey = TestKey.Fixed(TestKeyType.P256) }, FailureReason.RevocationListMissing),
        ["of another issuer"] = (new() { Issuer = TestName.Of(("CN", "another")) }, FailureReason.RevocationListMissing),
        ["of the next serial number, too"] = (new() { SerialNumbers = [3] }, FailureReason.Revoked),
    };

    public static TheoryData<string> Faults => [.. s_faults.Keys];

    [Theory]
    [InlineData(TestKeyType.P256)]
    [InlineData(TestKeyType.P384)]
    [InlineData(TestKeyType.P521)]
    [InlineData(TestKeyType.Rsa2048)]
    public void IssueRevocationList_RevokesWhatItIsGiven(TestKeyType type)
    {
        TestCertificateAuthority ca = Create(type);
        TestCertificate revoked = ca.IssueClient(TestName.Of(("CN", "revoked"))), good = ca.IssueClient(TestName.Of(("CN", "good")));
        TestRevocationList list = ca.IssueRevocationList(revoked);

        TrustBundle fromDer = Load(ca, list.Der), fromPem = Load(ca, Encoding.ASCII.GetBytes(list.Pem));

        Assert.Equal(FailureReason.Revoked, fromDer.Judge(revoked));
        Assert.Equal(FailureReason.None, fromDer.Judge(good));
        Assert.Equal(FailureReason.Revoked, fromPem.Judge(revoked));
        Assert.Equal(FailureReason.None, fromPem.Judge(good));
    }

    [Theory, MemberData(nameof(Faults))]
    public void IssueRevocationList_WritesFaults(string list)
    {
        TestCertificateAuthority ca = Create();
        TestCertificate revoked = ca.IssueClient(TestName.Of(("CN", "revoked"))), presented = ca.IssueClient(TestName.Of(("CN", "presented")));

        TrustBundle bundle = Load(ca, ca.IssueRevocationList([revoked], s_faults[list].Options).Der);

        Assert.Equal(s_faults[list].Expected, bundle.Judge(presented));
    }

    [Fact]
    public void IssueRevocationList_WritesListsThatAreNotLoaded()
    {
        TestCertificateAuthority ca = Create();
        TestRevocationList endless = ca.IssueRevocationList([], new() { HasNextUpdate = false });
        TestRevocationList odd = ca.IssueRevocationList([], new() { Extensions = [new("1.2.3.4", critical: true, [5, 0])] });

        Assert.Contains("NoNextUpdate", Assert.Throws<FormatException>(() => Load(ca, endless.Der)).Message, StringComparison.Ordinal);
        Assert.Contains("UnknownCriticalExtension", Assert.Throws<FormatException>(() => Load(ca, odd.Der)).Message, StringComparison.Ordinal);
    }

    // A rotated CA has the same name: the list is of its key alone.
    [Fact]
    public void IssueRevocationList_IsOfOneKey()
    {
        TestCertificateAuthority ca = Create();
        TestCertificateAuthority next = ca.Rotate();
        TestCertificate old = ca.IssueClient(TestName.Of(("CN", "bob"))), renewed = next.IssueClient(TestName.Of(("CN", "bob")));

        TrustBundle bundle = Load([ca, next], ca.IssueRevocationList(old).Der, next.IssueRevocationList().Der);

        Assert.Equal(FailureReason.Revoked, bundle.Judge(old));
        Assert.Equal(FailureReason.None, bundle.Judge(renewed));
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
        (int _, string refused) = openSsl.Run("crl", "-in", bad, "-CAfile", anchor, "-noout", "-text");
        (int denied, string why) = openSsl.Run(
            "verify", "-attime", $"{TestClock.Now.ToUnixTimeSeconds()}", "-crl_check", "-CRLfile", good, "-CAfile", anchor,
            openSsl.File("leaf.pem", revoked.Pem));

        Assert.True(exitCode == 0, shown);
        Assert.Contains("verify OK", shown, StringComparison.Ordinal);
        Assert.Contains("Serial Number: 02", shown, StringComparison.Ordinal);
        Assert.Contains("Last Update: May  6 06:08:09 2030 GMT", shown, StringComparison.Ordinal);
        Assert.Contains("Next Update: May 13 07:08:09 2030 GMT", shown, StringComparison.Ordinal);
        Assert.Contains("4660", shown, StringComparison.Ordinal);
        Assert.Contains("verify failure", refused, StringComparison.Ordinal);
        Assert.NotEqual(0, denied);
        Assert.Contains("certificate revoked", why, StringComparison.Ordinal);
    }

    [Fact]
    public void IssueRevocationList_TakesACertificateOfVersion1()
    {
        TestCertificateAuthority ca = Create();
        TestCertificate old = ca.Issue(new() { Subject = TestName.Of(("CN", "old")), Version = TestCertificateVersion.V1 });

        Assert.Equal(FailureReason.Revoked, Load(ca, ca.IssueRevocationList(old).Der).Judge(old));
    }

    private static TestCertificateAuthority Create(TestKeyType type = TestKeyType.P256) => TestCertificateAuthority.Create(
        TestName.Of(("CN", "ca")), new() { Key = TestKey.Fixed(type, 2), TimeProvider = s_clock });

    private static TrustBundle Load(TestCertificateAuthority ca, ReadOnlyMemory<byte> list) => Load([ca], list);

    private static TrustBundle Load(TestCertificateAuthority[] cas, params ReadOnlySpan<ReadOnlyMemory<byte>> lists) => TrustBundle.Load(
        Encoding.ASCII.GetBytes(string.Concat(cas.Select(ca => ca.Pem))), new() { TimeProvider = s_clock, RevocationLists = [.. lists] });
}
