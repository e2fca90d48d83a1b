using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CertAuth.Trust;
using static CertAuth.Tests.Support.TrustExtensions;

namespace CertAuth.Tests.Trust;

/// <summary>The effect of revocation lists on the verdict about a path (RFC 5280, 6.3).</summary>
public sealed class RevocationTests
{
    private static readonly DateTimeOffset s_now = TestClock.Now;
    private static readonly TestName s_alice = TestName.Of(("CN", "alice"));
    private static readonly TestName s_subName = TestName.Of(("CN", "sub"));
    private static readonly TestCertificateAuthority s_root = Create(new());
    private static readonly TestCertificateAuthority s_sub = s_root.IssueIntermediate(s_subName);
    private static readonly TestCertificate s_leaf = s_root.IssueClient(s_alice);
    private static readonly TestCertificate s_leafBelow = s_sub.IssueClient(s_alice);
    private static readonly CraftedRevocationList s_empty = new();

    [Fact]
    public void TryVerify_DoesNotCheckRevocation_WhenThereAreNoLists() => Verify(s_leaf).Should().Be(RejectionReason.None);

    [Fact]
    public void TryVerify_RejectsARevokedLeaf()
    {
        byte[] list = Revoking(s_leaf).Sign(s_root);

        Verify(s_leaf, list).Should().Be(RejectionReason.CertificateRevoked);
        Verify(s_root.IssueClient(s_alice), list).Should().Be(RejectionReason.None);
    }

    [Fact]
    public void TryVerify_RejectsARevokedIntermediate()
    {
        byte[] ofSub = s_empty.Sign(s_sub);

        Verify(s_leafBelow, ofSub, Revoking(s_sub.Certificate).Sign(s_root)).Should().Be(RejectionReason.CertificateRevoked);
        Verify(s_leafBelow, Revoking(s_leafBelow).Sign(s_sub), s_empty.Sign(s_root)).Should().Be(RejectionReason.CertificateRevoked);
        Verify(s_leafBelow, ofSub, s_empty.Sign(s_root)).Should().Be(RejectionReason.None);
    }

    [Fact]
    public void TryVerify_RejectsCertificatesRevokedByAListOfTheBaseLibrary()
    {
        CertificateRevocationListBuilder builder = new();
        using X509Certificate2 ca = s_root.Certificate.ToX509Certificate2();
        builder.AddEntry(CraftedRevocationList.SerialOf(s_leaf).Span, s_now.AddDays(-3), X509RevocationReason.KeyCompromise);
        byte[] list = builder.Build(ca, BigInteger.One, s_now.AddDays(1), HashAlgorithmName.SHA256, thisUpdate: s_now.AddDays(-1));

        Verify(s_leaf, list).Should().Be(RejectionReason.CertificateRevoked);
        Verify(s_root.IssueClient(s_alice), list).Should().Be(RejectionReason.None);
    }

    [Fact]
    public void TryVerify_ReportsTheRevokedCertificateAndTime()
    {
        Assert.False(Load(Options(Revoking(s_leaf).Sign(s_root))).TryVerify(s_leaf.Der.Span, [], out _, out Rejection? rejection));

        rejection.Reason.Should().Be(RejectionReason.CertificateRevoked);
        rejection.ToString().Should().Contain("alice");
        rejection.ToString().Should().Contain("2030-05-04 07:08:09Z");
    }

    // After a rotation, two CAs have the same name and the same serial numbers, but different lists.
    [Fact]
    public void TryVerify_IgnoresAList_WhenAnotherKeySignedIt()
    {
        TestCertificateAuthority next = s_root.Rotate();
        TestCertificate leaf = next.Issue(new() { Subject = s_alice, SerialNumber = 77 });
        CraftedRevocationList revoking = Revoking(leaf);
        TrustBundleOptions options = Options(revoking.Sign(s_root));

        Verify(options, leaf, s_root, next).Should().Be(RejectionReason.RevocationListMissing);
        Verify(options with { MissingRevocationList = RevocationListPolicy.Accept }, leaf, s_root, next).Should().Be(RejectionReason.None);
        Verify(Options(revoking.Sign(s_root), s_empty.Sign(next)), leaf, s_root, next).Should().Be(RejectionReason.None);
        Verify(Options(s_empty.Sign(s_root), revoking.Sign(next)), leaf, s_root, next).Should().Be(RejectionReason.CertificateRevoked);
    }

    [Fact]
    public void TryVerify_AcceptsAList_WhenTheIssuerNameHasAnotherEncoding()
    {
        byte[] spelled = TestName.FromRdns(new TestRdn(new TestNameAttribute("CN", " ROOT ", TestStringType.Printable))).Encode();

        Verify(s_leaf, (Revoking(s_leaf) with { Issuer = spelled }).Sign(s_root)).Should().Be(RejectionReason.CertificateRevoked);
    }

    public static TheoryData<string> Unusable => ["another name", "wrong signature", "another key"];

    [Theory, MemberData(nameof(Unusable))]
    public void TryVerify_IgnoresAnUnusableList(string why)
    {
        CraftedRevocationList revoking = Revoking(s_leaf);
        byte[] list = why switch
        {
            "another name" => (revoking with { Issuer = TestName.Of(("CN", "other")).Encode() }).Sign(s_root),
            "wrong signature" => (revoking with { CorruptSignature = true }).Sign(s_root),
            _ => revoking.Sign(s_root.Rotate()),
        };

        AssertMissing(s_leaf, list, s_root);
    }

    // Such a list cannot prove that a certificate is not revoked, but its entries revoke.
    public static TheoryData<string> RevokingOnly => ["a later thisUpdate", "an issuer without cRLSign", "a weak hash"];

    [Theory, MemberData(nameof(RevokingOnly))]
    public void TryVerify_RejectsARevokedCertificate_WhenTheListCannotClearOthers(string why)
    {
        TestCertificateAuthority ca = Create(new()
        {
            KeyType = why == "a weak hash" ? TestKeyType.Rsa2048 : TestKeyType.P256,
            KeyUsage = why == "an issuer without cRLSign"
                ? X509KeyUsageFlags.KeyCertSign
                : X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign,
        });
        TestCertificate leaf = ca.IssueClient(s_alice);
        byte[] sha1 = DerBytes.Sequence(DerBytes.Oid("1.2.840.113549.1.1.5"), DerBytes.Tlv(5));
        byte[] Sign(CraftedRevocationList list) => why switch
        {
            "a later thisUpdate" => (list with { ThisUpdate = s_now.AddSeconds(1) }).Sign(ca),
            "a weak hash" => (list with { Hash = HashAlgorithmName.SHA1, Algorithm = sha1, SignedAlgorithm = sha1 }).Sign(ca),
            _ => list.Sign(ca),
        };

        AssertMissing(leaf, Sign(new()), ca);
        Verify(Options(Sign(Revoking(leaf))), leaf, ca).Should().Be(RejectionReason.CertificateRevoked);
    }

    [Fact]
    public void TryVerify_AcceptsAList_FromTheFirstSecondOfThisUpdate()
    {
        CraftedRevocationList empty = new() { ThisUpdate = s_now };

        Verify(s_leaf, empty.Sign(s_root)).Should().Be(RejectionReason.None);
        AssertMissing(s_leaf, (empty with { ThisUpdate = s_now.AddSeconds(1) }).Sign(s_root), s_root);
    }

    [Fact]
    public void TryVerify_AcceptsAList_WhenTheIssuerHasNoKeyUsage()
    {
        TestCertificateAuthority silent = Create(new() { KeyUsage = null });

        Verify(Options(s_empty.Sign(silent)), silent.IssueClient(s_alice), silent).Should().Be(RejectionReason.None);
    }

    [Fact]
    public void TryVerify_AcceptsAWeaklySignedList_OnlyByOption()
    {
        TestCertificateAuthority rsa = Create(new() { KeyType = TestKeyType.Rsa2048 });
        TestCertificate leaf = rsa.IssueClient(s_alice);
        byte[] sha1 = DerBytes.Sequence(DerBytes.Oid("1.2.840.113549.1.1.5"), DerBytes.Tlv(5));
        byte[] list = new CraftedRevocationList { Hash = HashAlgorithmName.SHA1, Algorithm = sha1, SignedAlgorithm = sha1 }.Sign(rsa);

        AssertMissing(leaf, list, rsa);
        Verify(Options(list) with { AllowedWeakAlgorithms = WeakAlgorithms.Sha1Signatures }, leaf, rsa).Should().Be(RejectionReason.None);
    }

    [Fact]
    public void TryVerify_RequiresAListOfEachIssuer()
    {
        AssertMissing(s_leafBelow, s_empty.Sign(s_root), s_root);
        AssertMissing(s_leafBelow, s_empty.Sign(s_sub), s_root);
        Verify(
            Options(Revoking(s_sub.Certificate).Sign(s_root)) with { MissingRevocationList = RevocationListPolicy.Accept },
            s_leafBelow,
            s_root).Should().Be(RejectionReason.CertificateRevoked);
    }

    [Theory]
    [InlineData(0, RejectionReason.None)]
    [InlineData(-1, RejectionReason.RevocationListStale)]
    public void TryVerify_AcceptsAList_UntilTheSecondOfNextUpdate(int seconds, RejectionReason expected)
    {
        byte[] list = (s_empty with { NextUpdate = s_now.AddSeconds(seconds) }).Sign(s_root);

        Verify(s_leaf, list).Should().Be(expected);
        Verify(Options(list) with { StaleRevocationList = RevocationListPolicy.Accept }, s_leaf, s_root).Should().Be(RejectionReason.None);
        Verify(Options(list) with { MissingRevocationList = RevocationListPolicy.Accept }, s_leaf, s_root).Should().Be(expected);
    }

    [Fact]
    public void TryVerify_RejectsARevokedCertificate_WhenTheListIsStale()
    {
        byte[] stale = (Revoking(s_leaf) with { ThisUpdate = s_now.AddDays(-9), NextUpdate = s_now.AddDays(-8) }).Sign(s_root);

        Verify(s_leaf, stale).Should().Be(RejectionReason.CertificateRevoked);
        Verify(Options(stale) with { StaleRevocationList = RevocationListPolicy.Accept }, s_leaf, s_root)
            .Should().Be(RejectionReason.CertificateRevoked);
        Verify(s_leaf, s_empty.Sign(s_root), stale).Should().Be(RejectionReason.CertificateRevoked);
    }

    [Fact]
    public void TryVerify_AcceptsACurrentList_WhenAnotherIsStale()
    {
        byte[] stale = (s_empty with { NextUpdate = s_now.AddSeconds(-1) }).Sign(s_root);

        Verify(s_leaf, stale, s_empty.Sign(s_root)).Should().Be(RejectionReason.None);
        Verify(s_leaf, s_empty.Sign(s_root), stale).Should().Be(RejectionReason.None);
    }

    public static TheoryData<string> SerialNumbers =>
    [
        "0", "-1", "-128", "127", "128", "255", "65536", "1461501637330902918203684832716283019655932542975",
        "-99999999999999999999999999",
    ];

    [Theory, MemberData(nameof(SerialNumbers))]
    public void TryVerify_ComparesWholeSerialNumbers(string serial)
    {
        BigInteger number = BigInteger.Parse(serial, System.Globalization.CultureInfo.InvariantCulture);
        TestCertificate leaf = Issue(number);
        byte[] list = Revoking(leaf).Sign(s_root);

        Verify(leaf, list).Should().Be(RejectionReason.CertificateRevoked);
        Verify(Issue(number + 1), list).Should().Be(RejectionReason.None);
        Verify(Issue(number + 256), list).Should().Be(RejectionReason.None);
        Verify(Issue(number - 256), list).Should().Be(RejectionReason.None);
    }

    [Fact]
    public void TryVerify_RejectsACertificate_WhenItIsOnHold()
    {
        byte[] onHold = CraftedCertificate.Extension("2.5.29.21", DerBytes.Tlv(0x0A, [6]));

        Verify(s_leaf, new CraftedRevocationList { Entries = [CraftedRevocationList.Entry(s_leaf, onHold)] }.Sign(s_root))
            .Should().Be(RejectionReason.CertificateRevoked);
    }

    [Fact]
    public void TryVerify_AcceptsAPinnedLeaf_WhenItsIssuerHasNoList()
    {
        Bundle(Options(s_empty.Sign(s_root)), s_leaf).VerifyChain(s_leaf).Should().Be(RejectionReason.None);
        Bundle(Options(Revoking(s_leaf).Sign(s_root)), s_leaf, s_root.Certificate).VerifyChain(s_leaf)
            .Should().Be(RejectionReason.CertificateRevoked);
    }

    // Two roots certified a CA, and one of them revokes it. The path to the other root is still accepted.
    [Fact]
    public void TryVerify_FindsAnotherPath_WhenACrossCertificateIsRevoked()
    {
        TestCertificateAuthority other = TestCertificateAuthority.Create(
            TestName.Of(("CN", "other")), new() { TimeProvider = new FixedClock(s_now) });
        TestCertificateAuthority cross = other.CrossSign(s_sub);
        TrustBundleOptions options = Options(s_empty.Sign(s_sub), Revoking(s_sub.Certificate).Sign(s_root), s_empty.Sign(other));
        TrustBundle bundle = Bundle(options, s_root.Certificate, other.Certificate);

        bundle.VerifyChain(s_leafBelow).Should().Be(RejectionReason.CertificateRevoked);
        bundle.VerifyChain(s_leafBelow.Der, [s_sub.Der, cross.Der]).Should().Be(RejectionReason.None);
    }

    private static CraftedRevocationList Revoking(params TestCertificate[] certificates) =>
        new() { Entries = [.. certificates.Select(certificate => CraftedRevocationList.Entry(certificate))] };

    private static TestCertificate Issue(BigInteger serial) =>
        s_root.Issue(new() { Subject = s_alice, SerialNumber = serial, Key = s_leaf.Key });

    private static TestCertificateAuthority Create(TestCertificateAuthorityOptions options) =>
        TestCertificateAuthority.Create(TestName.Of(("CN", "root")), options with { TimeProvider = new FixedClock(s_now) });

    private static TrustBundleOptions Options(params byte[][] lists) => new()
    {
        TimeProvider = new FixedClock(s_now),
        RevocationLists = [.. lists.Select(list => (ReadOnlyMemory<byte>)list)],
    };

    private static TrustBundle Load(TrustBundleOptions options) => Bundle(options, s_root.Certificate);

    private static RejectionReason Verify(TestCertificate leaf, params byte[][] lists) => Verify(Options(lists), leaf, s_root);

    private static RejectionReason Verify(TrustBundleOptions options, TestCertificate leaf, params TestCertificateAuthority[] anchors) =>
        Bundle(options, [.. anchors.Select(anchor => anchor.Certificate)]).VerifyChain(leaf);

    private static void AssertMissing(TestCertificate leaf, byte[] list, TestCertificateAuthority anchor)
    {
        Verify(Options(list), leaf, anchor).Should().Be(RejectionReason.RevocationListMissing);
        Verify(Options(list) with { MissingRevocationList = RevocationListPolicy.Accept }, leaf, anchor).Should().Be(RejectionReason.None);
        Verify(Options(list) with { StaleRevocationList = RevocationListPolicy.Accept }, leaf, anchor)
            .Should().Be(RejectionReason.RevocationListMissing);
    }
}
