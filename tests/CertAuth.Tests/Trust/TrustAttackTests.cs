using System.Security.Cryptography.X509Certificates;
using CertAuth.Certificates;
using CertAuth.Trust;
using static CertAuth.Tests.Support.TrustExtensions;

namespace CertAuth.Tests.Trust;

/// <summary>Attacks on the search for a path. Certificates of a peer cost little, and a key is not used until a trusted key has signed its
/// certificate.</summary>
public sealed class TrustAttackTests
{
    private const int MaxSent = TrustBounds.MaxPeerCertificates - 1;
    private const long MaxAllocatedByEach = 400_000;

    private static readonly TestName s_alice = TestName.Of(("CN", "alice"));
    private static readonly TestName s_rootName = TestName.Of(("CN", "root"));
    private static readonly TestName s_subName = TestName.Of(("CN", "sub"));
    private static readonly TestCertificateAuthority s_root = TestCertificateAuthority.Create(s_rootName);
    private static readonly TestKey s_p521 = TestKey.Create(TestKeyType.P521);

    // Attack: certificates contain one name of maximum length in many spellings. Each spelling was folded again for each pair of
    // certificates.
    [Theory]
    [InlineData(5, false, RejectionReason.UntrustedIssuer)]
    [InlineData(MaxSent, false, RejectionReason.UntrustedIssuer)]
    [InlineData(5, true, RejectionReason.CertificateBadSignature)]
    [InlineData(MaxSent, true, RejectionReason.CertificateBadSignature)]
    public void TryVerify_AllocatesLittle_WhenIntermediatesAreReencoded(int count, bool firstIsGenuine, RejectionReason expected)
    {
        TestKey key = TestKey.Create();
        TestCertificateAuthority issuer = TestCertificateAuthority.Create(Spelled(0), new() { Key = key });
        List<ReadOnlyMemory<byte>> sent = [.. Enumerable.Range(1, count).Select(i => issuer.Issue(CaRequest(Spelled(i), key)).Der)];
        if (firstIsGenuine)
            sent[0] = s_root.Issue(CaRequest(Spelled(1), key)).Der;
        TestCertificate leaf = issuer.Rotate().IssueClient(s_alice);
        TrustBundle bundle = Bundle(s_root.Certificate);
        bundle.VerifyChain(leaf.Der, sent);

        long before = GC.GetAllocatedBytesForCurrentThread();
        bool accepted = bundle.TryVerify(leaf.Der.Span, [.. sent], out _, out Rejection? rejection);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        accepted.Should().BeFalse();
        allocated.Should().BeInRange(0, count * MaxAllocatedByEach);
        new[] { expected, RejectionReason.PathSearchExhausted }.Should().Contain(rejection!.Reason);
        rejection.ToString().Should().NotBeNullOrEmpty();
    }

    // Attack: a peer sends 63 self-signed certificates. Their keys were imported.
    [Fact]
    public void TryFind_ImportsNoKey_WhenNoTrustedKeySignedIt()
    {
        TestCertificateAuthority stranger = TestCertificateAuthority.Create(s_subName, new() { Key = s_p521 });
        PathCertificate[] sent = [.. Enumerable.Range(0, MaxSent).Select(_ => Read(stranger.Issue(CaRequest(s_subName, s_p521))))];

        Rejection rejection = Reject(stranger.IssueClient(s_alice), sent, s_root);

        rejection.Reason.Should().Be(RejectionReason.UntrustedIssuer);
        Assert.DoesNotContain(sent, certificate => certificate.IsKeyImported);
    }

    // The same with issuer names of a CA in the bundle: a few of the certificates cost one failed check for each CA with that name, and the
    // others cost nothing.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void TryFind_ImportsNoKey_WhenACertificateOnlyNamesTheRoot(int anchors)
    {
        TestCertificateAuthority forged = s_root.Rotate().IssueIntermediate(s_subName, new() { Key = s_p521 });
        PathCertificate[] sent = [.. Enumerable.Range(0, MaxSent).Select(_ => Read(s_root.Rotate().Issue(CaRequest(s_subName, s_p521))))];

        Rejection rejection = Reject(
            forged.IssueClient(s_alice), sent, [.. Enumerable.Range(0, anchors).Select(i => i == 0 ? s_root : s_root.Rotate())]);

        rejection.Reason.Should().Be(RejectionReason.PathSearchExhausted);
        Assert.DoesNotContain(sent, certificate => certificate.IsKeyImported);
    }

    // The key of an intermediate is used only after the genuine certificate above it has signed it.
    [Fact]
    public void TryFind_ImportsOnlyGenuineKeys()
    {
        TestCertificateAuthority sub = s_root.IssueIntermediate(s_subName);
        TestCertificateAuthority forged = sub.Rotate().IssueIntermediate(TestName.Of(("CN", "lower")));
        PathCertificate genuine = Read(sub.Certificate), lower = Read(forged.Certificate);

        Rejection rejection = Reject(forged.IssueClient(s_alice), [lower, genuine], s_root);

        rejection.Reason.Should().Be(RejectionReason.CertificateBadSignature);
        (genuine.IsKeyImported, lower.IsKeyImported).Should().Be((true, false));
    }

    // Attack: someone who can add certificates to a message puts forged ones before the genuine one, so that logins fail.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void TryVerify_FindsTheIssuer_WhenFortyForgeriesPrecedeIt(bool withKeyIdentifiers)
    {
        TestCertificateAuthorityOptions options = new() { SubjectKeyIdentifier = withKeyIdentifiers };
        TestCertificateAuthority root = TestCertificateAuthority.Create(s_rootName, options);
        TestCertificateAuthority right = root.IssueIntermediate(s_subName, options);
        TestCertificateAuthority forger = root.Rotate();
        ReadOnlyMemory<byte>[] junk = [.. Enumerable.Range(0, 40).Select(_ => forger.IssueIntermediate(s_subName, options).Der)];

        Bundle(root.Certificate).VerifyChain(right.IssueClient(s_alice).Der, [.. junk, right.Der]).Should().Be(RejectionReason.None);
    }

    // Attack: empty name constraints had the effect of no constraints.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void TryVerify_RejectsEmptyNameConstraints(bool critical)
    {
        TestCertificateAuthority sub = s_root.IssueIntermediate(s_subName, new() { Extensions = [new("2.5.29.30", critical, [])] });

        Bundle(s_root.Certificate).VerifyChain(sub.IssueClient(s_alice)).Should().Be(RejectionReason.UntrustedIssuer);
        TrustBundle.TryParse(sub.Der.Span, null, out _, out TrustBundleError error).Should().BeFalse();
        error.Kind.Should().Be(TrustBundleErrorKind.MalformedCertificate);
    }

    // Attack: the unused bits of the BIT STRING are set, so that implementations disagree on which usages are set.
    [Theory]
    [InlineData("03020784", RejectionReason.CertificateMalformed)]
    [InlineData("03020780", RejectionReason.None)]
    [InlineData("030207FF", RejectionReason.CertificateMalformed)]
    [InlineData("030101", RejectionReason.CertificateMalformed)]
    [InlineData("03020880", RejectionReason.CertificateMalformed)]
    public void TryVerify_RejectsAKeyUsage_WhenUnusedBitsAreSet(string value, RejectionReason expected)
    {
        TestExtension usage = new("2.5.29.15", critical: true, Convert.FromHexString(value));
        TestCertificate leaf = s_root.Issue(new() { Subject = s_alice, KeyUsage = null, Extensions = [usage] });
        TestCertificateAuthority sub = s_root.IssueIntermediate(s_subName, new() { KeyUsage = null, Extensions = [usage] });

        Bundle(s_root.Certificate).VerifyChain(leaf).Should().Be(expected);
        Bundle(s_root.Certificate).VerifyChain(sub.IssueClient(s_alice)).Should().NotBe(RejectionReason.None);
    }

    // Attack: a client with a pinned certificate of version 1 issues certificates with other names.
    [Fact]
    public void TryVerify_RejectsAPinnedVersion1ClientAsIssuer()
    {
        TestCertificateAuthorityOptions version1 = new() { Version = TestCertificateVersion.V1 };
        TestCertificateAuthority client = s_root.IssueIntermediate(s_alice, version1);
        TestCertificateAuthority root = TestCertificateAuthority.Create(s_rootName, version1);
        TrustBundle bundle = Bundle(new TrustBundleOptions { AllowVersion1Anchors = true }, client.Certificate, root.Certificate);

        bundle.VerifyChain(client.Certificate).Should().Be(RejectionReason.None);
        bundle.VerifyChain(client.IssueClient(TestName.Of(("CN", "mallory"))).Der, []).Should().Be(RejectionReason.IssuerNotCa);
        bundle.VerifyChain(root.IssueClient(s_alice)).Should().Be(RejectionReason.None);
        bundle.GetWarnings().Select(w => w.Kind).Should().Equal(
            TrustWarningKind.NotACa, TrustWarningKind.Version1Root, TrustWarningKind.NoKeyIdentifier);
    }

    // Regression: a forged leaf was reported as one whose CA has expired, which concealed the attack.
    [Fact]
    public void TryVerify_DistinguishesAForgeryFromAnExpiredCa()
    {
        DateTimeOffset yesterday = TimeProvider.System.GetUtcNow().AddDays(-1);
        TestCertificateAuthority expired = TestCertificateAuthority.Create(
            s_rootName, new() { NotBefore = yesterday.AddDays(-1), NotAfter = yesterday });

        Bundle(expired.Certificate).VerifyChain(s_root.IssueClient(s_alice)).Should().Be(RejectionReason.CertificateBadSignature);
        Bundle(expired.Certificate).VerifyChain(expired.IssueClient(s_alice)).Should().Be(RejectionReason.CertificateExpired);
        Bundle(expired.Certificate, s_root.Certificate).VerifyChain(s_root.Rotate().IssueClient(s_alice))
            .Should().Be(RejectionReason.CertificateBadSignature);
        Bundle(s_root.Certificate, expired.Certificate).VerifyChain(expired.IssueClient(s_alice))
            .Should().Be(RejectionReason.CertificateExpired);
    }

    private static Rejection Reject(TestCertificate leaf, PathCertificate[] sent, params TestCertificateAuthority[] anchors)
    {
        IssuerIndex index = new([.. anchors.Select(a => Read(a.Certificate))]);
        VerificationTime time = new(TimeProvider.System.GetUtcNow());
        PathSearch search = new(index, sent, new(new(), time), new([], new(), time), TrustBounds.MaxIntermediates);

        Assert.False(search.TryFind(Read(leaf).Certificate, out VerifiedPath? path, out Rejection? rejection));
        path.Should().BeNull();
        return rejection;
    }

    private static PathCertificate Read(TestCertificate certificate)
    {
        Assert.True(ParsedCertificate.TryParse(certificate.Der.Span, out ParsedCertificate? read, out CertificateError error), $"{error}");
        return new(read);
    }

    private static TestCertificateRequest CaRequest(TestName subject, TestKey key) => new()
    {
        Subject = subject,
        Key = key,
        IsCa = true,
        KeyUsage = X509KeyUsageFlags.KeyCertSign,
        ExtendedKeyUsages = [],
    };

    // Returns one of many encodings that are the same name by RFC 5280, 7.1: six attributes with types of 256 bytes. The number determines
    // the spaces and the case of the values.
    private static TestName Spelled(int number)
    {
        byte[] oid = [0x2A, .. Enumerable.Repeat((byte)0x81, 254), 1];
        byte[] value = DerBytes.Tlv(DerBytes.Printable, [.. Enumerable.Repeat((byte)' ', number / 8), (byte)'a', (byte)' ']);
        byte[][] rdns = [.. Enumerable.Range(0, 6).Select(i =>
            DerBytes.Rdn(DerBytes.Sequence(DerBytes.Tlv(6, oid), i < 3 && (number >> i) % 2 == 1 ? Upper(value) : value)))];
        return TestName.FromDer(DerBytes.Name(rdns));
    }

    private static byte[] Upper(byte[] value) => [.. value.Select(b => b == 'a' ? (byte)'A' : b)];
}
