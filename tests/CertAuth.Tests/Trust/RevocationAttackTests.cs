using System.Security.Cryptography.X509Certificates;
using CertAuth.Trust;

namespace CertAuth.Tests.Trust;

/// <summary>Attacks with which a revoked certificate was accepted, and attacks on the cache and on name constraints.</summary>
public sealed class RevocationAttackTests
{
    private static readonly TestName s_alice = TestName.Of(("CN", "alice"));
    private static readonly TestCertificateAuthority s_root = TestCertificateAuthority.Create(TestName.Of(("CN", "root")));

    // Attack: a chain file that also contains the intermediate made the intermediate an anchor, which no list revoked.
    [Fact]
    public void TryVerify_RejectsALeaf_WhenAnIntermediateOfTheBundleIsRevoked()
    {
        TestCertificateAuthority sub = s_root.IssueIntermediate(TestName.Of(("CN", "sub")));
        TestCertificate leaf = sub.IssueClient(s_alice);
        byte[] lists = [.. Crl(s_root, sub.Certificate), .. Crl(sub)];

        TrustBundle both = Load(s_root.Pem + sub.Pem, lists);

        Verify(Load(s_root.Pem, lists), leaf, sub).Should().Be(RejectionReason.CertificateRevoked);
        Verify(both, leaf, sub).Should().Be(RejectionReason.CertificateRevoked);
        both.GetWarnings().Select(w => w.Kind).Should().Equal(TrustWarningKind.Revoked);
        Verify(Load(s_root.Pem + sub.Pem, [.. Crl(s_root), .. Crl(sub)]), leaf, sub).Should().Be(RejectionReason.None);
    }

    // Attack: a pinned leaf, which is trusted directly, was not checked against the lists.
    [Fact]
    public void TryVerify_RejectsARevokedPinnedLeaf()
    {
        TestCertificate leaf = s_root.IssueClient(s_alice);

        Verify(Load(s_root.Pem + leaf.Pem, Crl(s_root, leaf)), leaf).Should().Be(RejectionReason.CertificateRevoked);
        Verify(Load(s_root.Pem + leaf.Pem, Crl(s_root)), leaf).Should().Be(RejectionReason.None);
    }

    // Attack: of two certificates of one CA, the client sends the one that may not sign lists, so that the CA has no list.
    [Theory]
    [InlineData(RevocationListPolicy.Accept)]
    [InlineData(RevocationListPolicy.Reject)]
    public void TryVerify_RejectsARevokedCertificate_WhenTheIssuerMayNotSignLists(RevocationListPolicy missing)
    {
        TestKey key = TestKey.Create();
        TestName name = TestName.Of(("CN", "twin"));
        TestCertificateAuthority signing = TestCertificateAuthority.Create(name, new() { Key = key });
        TestCertificateAuthority mute =
            TestCertificateAuthority.Create(name, new() { Key = key, KeyUsage = X509KeyUsageFlags.KeyCertSign });
        TestCertificate leaf = signing.IssueClient(s_alice);

        TrustBundle bundle = Load(mute.Pem, Crl(signing, leaf), missing);

        Verify(bundle, leaf).Should().Be(RejectionReason.CertificateRevoked);
    }

    // Attack: if the clock was behind the clock of the CA, a new list and its revocations were ignored.
    [Fact]
    public void TryVerify_RejectsARevokedCertificate_WhenTheListIsNotValidYet()
    {
        TestCertificate leaf = s_root.IssueClient(s_alice);
        byte[] old = Crl(s_root);
        byte[] ahead = Crl(s_root, DateTimeOffset.UtcNow.AddMinutes(2), leaf);

        Verify(Load(s_root.Pem, [.. old, .. ahead]), leaf).Should().Be(RejectionReason.CertificateRevoked);
    }

    // Attack: one client sends its chain again and again with different junk, and evicts all other verdicts from the cache.
    [Fact]
    public void TryVerify_DoesNotCacheAVerdict_WhenThePeerSendsJunk()
    {
        TestCertificate alice = s_root.IssueClient(s_alice);
        TestCertificate mallory = s_root.IssueClient(TestName.Of(("CN", "mallory")));
        TrustBundle bundle = Load(s_root.Pem, null);
        bundle.TryVerify(alice.Der.Span, [], out var first, out _);

        for (int i = 0; i < 1100; i++)
            bundle.TryVerify(mallory.Der.Span, [BitConverter.GetBytes(i), new byte[] { 1 }], out _, out _).Should().BeTrue();
        bundle.TryVerify(alice.Der.Span, [], out var again, out _);

        again.Should().BeSameAs(first);
    }

    // Attack: a name equals an excluded name by RFC 4518, but not after folding case and spaces.
    [Theory]
    [InlineData("F\u00ADoo")]
    [InlineData("\uFF26oo")]
    [InlineData("Foo\u00A0")]
    public void TryVerify_RejectsAName_WhenItMayEqualAnExcludedName(string organization)
    {
        byte[] excluded = DerBytes.Sequence(DerBytes.Tlv(0xA1, DerBytes.Sequence(DerBytes.Tlv(0xA4, TestName.Of(("O", "Foo")).Encode()))));
        TestCertificateAuthority root = TestCertificateAuthority.Create(
            TestName.Of(("CN", "root")), new() { Extensions = [new("2.5.29.30", true, excluded)] });
        TrustBundle bundle = Load(root.Pem, null);

        Verify(bundle, root.IssueClient(TestName.Of(("O", organization), ("CN", "x")))).Should().Be(RejectionReason.NameConstraintViolated);
        Verify(bundle, root.IssueClient(TestName.Of(("O", "FOO"), ("CN", "x")))).Should().Be(RejectionReason.NameConstraintViolated);
        Verify(bundle, root.IssueClient(TestName.Of(("O", "Bar"), ("CN", "x")))).Should().Be(RejectionReason.None);
    }

    private static byte[] Crl(TestCertificateAuthority ca, params TestCertificate[] revoked) =>
        Crl(ca, DateTimeOffset.UtcNow.AddMinutes(-10), revoked);

    private static byte[] Crl(TestCertificateAuthority ca, DateTimeOffset thisUpdate, params TestCertificate[] revoked)
    {
        CertificateRevocationListBuilder builder = new();
        foreach (TestCertificate certificate in revoked)
        {
            using X509Certificate2 loaded = X509CertificateLoader.LoadCertificate(certificate.Der.Span);
            builder.AddEntry(loaded);
        }

        using X509Certificate2 issuer = ca.Certificate.ToX509Certificate2();
        byte[] der = builder.Build(
            issuer, 1, DateTimeOffset.UtcNow.AddDays(1), System.Security.Cryptography.HashAlgorithmName.SHA256, thisUpdate: thisUpdate);
        return System.Text.Encoding.ASCII.GetBytes(System.Security.Cryptography.PemEncoding.WriteString("X509 CRL", der) + "\n");
    }

    private static TrustBundle Load(string pem, byte[]? lists, RevocationListPolicy missing = RevocationListPolicy.Reject) =>
        TrustBundle.Parse(
            System.Text.Encoding.ASCII.GetBytes(pem),
            new() { RevocationLists = lists is null ? [] : [lists], MissingRevocationList = missing });

    private static RejectionReason Verify(TrustBundle bundle, TestCertificate leaf, params TestCertificateAuthority[] sent) =>
        bundle.TryVerify(leaf.Der.Span, [.. sent.Select(s => s.Der)], out _, out Rejection? rejection)
            ? RejectionReason.None
            : rejection.Reason;
}
