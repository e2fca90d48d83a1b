using CertAuth.Trust;
using static CertAuth.Tests.Support.TrustExtensions;

namespace CertAuth.Tests.Trust;

public sealed class PathTests
{
    private static readonly TestName s_alice = Name("alice");
    private static readonly TestCertificateAuthority s_root = TestCertificateAuthority.Create(Name("root"));

    [Theory]
    [InlineData(0, RejectionReason.None)]
    [InlineData(1, RejectionReason.None)]
    [InlineData(2, RejectionReason.None)]
    [InlineData(10, RejectionReason.None)]
    [InlineData(11, RejectionReason.PathTooLong)]
    [InlineData(30, RejectionReason.PathTooLong)]
    public void TryVerify_AcceptsAtMostTenIntermediates(int intermediates, RejectionReason expected) =>
        Bundle(s_root.Certificate).VerifyChain(Below(s_root, intermediates).IssueClient(s_alice)).Should().Be(expected);

    [Fact]
    public void TryVerify_ReturnsTheAnchor()
    {
        TestCertificateAuthority other = TestCertificateAuthority.Create(Name("other"));
        TestCertificate leaf = Below(s_root, 2).IssueClient(s_alice);

        Assert.True(Bundle(other.Certificate, s_root.Certificate).TryVerify(leaf.Der.Span, [.. leaf.Chain], out var verified, out _));

        verified.AnchorSha256.ToArray().Should().Equal(System.Security.Cryptography.SHA256.HashData(s_root.Der.Span));
        verified.Certificate!.Der.ToArray().Should().Equal(leaf.Der.ToArray());
    }

    [Fact]
    public void TryVerify_AcceptsIntermediates_InAnyOrderAndRepeated()
    {
        TestCertificate leaf = Below(s_root, 3).IssueClient(s_alice);
        TrustBundle bundle = Bundle(s_root.Certificate);

        bundle.VerifyChain(leaf.Der, leaf.Chain.Reverse()).Should().Be(RejectionReason.None);
        bundle.VerifyChain(leaf.Der, [.. leaf.Chain, .. leaf.Chain, s_root.Der, leaf.Der]).Should().Be(RejectionReason.None);
        bundle.VerifyChain(leaf.Der, [leaf.Chain[1], leaf.Chain[1], leaf.Chain[0], leaf.Chain[2]]).Should().Be(RejectionReason.None);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void TryVerify_RequiresEachIntermediate(int missing)
    {
        TestCertificate leaf = Below(s_root, 3).IssueClient(s_alice);

        Bundle(s_root.Certificate).VerifyChain(leaf.Der, leaf.Chain.Where((_, i) => i != missing))
            .Should().Be(RejectionReason.UntrustedIssuer);
    }

    [Fact]
    public void TryVerify_EndsAPath_AtAnyCertificateOfTheBundle()
    {
        TestCertificateAuthority upper = s_root.IssueIntermediate(Name("upper"));
        TestCertificateAuthority lower = upper.IssueIntermediate(Name("lower"));
        TestCertificate leaf = lower.IssueClient(s_alice);

        Bundle(lower.Certificate).VerifyChain(leaf.Der, []).Should().Be(RejectionReason.None);
        Bundle(upper.Certificate).VerifyChain(leaf.Der, [lower.Der]).Should().Be(RejectionReason.None);
        Bundle(upper.Certificate).VerifyChain(leaf.Der, []).Should().Be(RejectionReason.UntrustedIssuer);
    }

    [Fact]
    public void TryVerify_Terminates_WhenCertificatesFormALoop()
    {
        TestCertificateAuthority one = TestCertificateAuthority.Create(Name("one"));
        TestCertificateAuthority two = TestCertificateAuthority.Create(Name("two"));
        TestCertificateAuthority oneByTwo = two.CrossSign(one);
        TestCertificateAuthority twoByOne = one.CrossSign(two);
        TestCertificate leaf = one.IssueClient(s_alice);

        Bundle(s_root.Certificate).VerifyChain(leaf.Der, [oneByTwo.Der, twoByOne.Der, one.Der, two.Der])
            .Should().Be(RejectionReason.UntrustedIssuer);
        Bundle(two.Certificate).VerifyChain(leaf.Der, [twoByOne.Der, oneByTwo.Der]).Should().Be(RejectionReason.None);
    }

    [Fact]
    public void TryVerify_ChoosesTheCrossCertificate_ThatLeadsToAnAnchor()
    {
        TestCertificateAuthority old = TestCertificateAuthority.Create(Name("old"));
        TestCertificateAuthority sub = s_root.IssueIntermediate(Name("sub"));
        TestCertificateAuthority subByOld = old.CrossSign(sub);
        TestCertificate leaf = sub.IssueClient(s_alice);

        Bundle(s_root.Certificate).VerifyChain(leaf.Der, [subByOld.Der, sub.Der]).Should().Be(RejectionReason.None);
        Bundle(old.Certificate).VerifyChain(leaf.Der, [sub.Der, subByOld.Der]).Should().Be(RejectionReason.None);
        Bundle(old.Certificate).VerifyChain(leaf.Der, [sub.Der]).Should().Be(RejectionReason.UntrustedIssuer);
    }

    // The path length is the number of intermediates below the CA, without self-issued ones (RFC 5280, 6.1.4 (l)).
    [Theory]
    [InlineData(0, 0, RejectionReason.None)]
    [InlineData(0, 1, RejectionReason.PathTooLong)]
    [InlineData(1, 1, RejectionReason.None)]
    [InlineData(1, 2, RejectionReason.PathTooLong)]
    [InlineData(2, 2, RejectionReason.None)]
    public void TryVerify_CountsThePathLength(int limit, int below, RejectionReason expected)
    {
        TestCertificateAuthority anchor = TestCertificateAuthority.Create(Name("limited"), new() { PathLength = limit });
        TestCertificateAuthority intermediate = s_root.IssueIntermediate(Name("limited"), new() { PathLength = limit });

        Bundle(anchor.Certificate).VerifyChain(Below(anchor, below).IssueClient(s_alice)).Should().Be(expected);
        Bundle(s_root.Certificate).VerifyChain(Below(intermediate, below).IssueClient(s_alice)).Should().Be(expected);
    }

    [Fact]
    public void TryVerify_DoesNotCountSelfIssuedIntermediates()
    {
        TestCertificateAuthority anchor = TestCertificateAuthority.Create(Name("limited"), new() { PathLength = 0 });
        TestCertificateAuthority rollover = anchor.IssueIntermediate(Name("limited"));
        TestCertificateAuthority otherSpelling = rollover.IssueIntermediate(Name("LIMITED"));

        Bundle(anchor.Certificate).VerifyChain(rollover.IssueClient(s_alice)).Should().Be(RejectionReason.None);
        Bundle(anchor.Certificate).VerifyChain(otherSpelling.IssueClient(s_alice)).Should().Be(RejectionReason.None);
        Bundle(anchor.Certificate).VerifyChain(Below(rollover, 1).IssueClient(s_alice)).Should().Be(RejectionReason.PathTooLong);
    }

    [Fact]
    public void TryVerify_IgnoresIntermediates_WhenTheyCannotBeRead()
    {
        TestCertificate leaf = Below(s_root, 1).IssueClient(s_alice);
        byte[] damaged = leaf.Chain[0].ToArray();
        damaged[1]++;
        ReadOnlyMemory<byte>[] sent = [new byte[] { 1, 2, 3 }, damaged, ReadOnlyMemory<byte>.Empty, leaf.Chain[0]];

        Bundle(s_root.Certificate).VerifyChain(leaf.Der, sent).Should().Be(RejectionReason.None);
        Bundle(s_root.Certificate).VerifyChain(leaf.Der, [damaged]).Should().Be(RejectionReason.UntrustedIssuer);
    }

    // RFC 5280, 7.1: the search for the issuer ignores only case, runs of spaces and string types.
    [Theory]
    [InlineData("Org Root", TestStringType.Printable, true)]
    [InlineData("ORG ROOT", TestStringType.Utf8, true)]
    [InlineData("  org   root ", TestStringType.Utf8, true)]
    [InlineData("Org Root", TestStringType.Bmp, true)]
    [InlineData("OrgRoot", TestStringType.Utf8, false)]
    [InlineData("Org Root.", TestStringType.Utf8, false)]
    public void TryVerify_FindsAnIssuer_WhenItsNameHasAnotherEncoding(string spelling, TestStringType type, bool found)
    {
        TestCertificateAuthority anchor = TestCertificateAuthority.Create(Name("Org Root"));
        TestName issuer = TestName.FromRdns(new TestRdn(new TestNameAttribute("CN", spelling, type)));
        TestCertificate direct = anchor.Issue(new() { Subject = s_alice, Issuer = issuer });
        TestCertificateAuthority sub = s_root.IssueIntermediate(Name("Org Root"));
        TestCertificate indirect = sub.Issue(new() { Subject = s_alice, Issuer = issuer });
        RejectionReason expected = found ? RejectionReason.None : RejectionReason.UntrustedIssuer;

        Bundle(anchor.Certificate).VerifyChain(direct).Should().Be(expected);
        Bundle(s_root.Certificate).VerifyChain(indirect).Should().Be(expected);
    }

    [Fact]
    public void TryVerify_FindsNoIssuer_WhenTheNameIsEmpty()
    {
        TestCertificateAuthority nameless = TestCertificateAuthority.Create(TestName.Of());

        Bundle(nameless.Certificate).VerifyChain(nameless.IssueClient(s_alice)).Should().Be(RejectionReason.UntrustedIssuer);
    }

    [Fact]
    public void TryVerify_RejectsACorruptSignature()
    {
        TestCertificateAuthority rsa = TestCertificateAuthority.Create(Name("rsa"), new() { KeyType = TestKeyType.Rsa2048 });

        foreach (TestCertificateAuthority ca in new[] { s_root, rsa })
        {
            TestCertificate leaf = ca.Issue(new() { Subject = s_alice, CorruptSignature = true });
            Bundle(ca.Certificate).VerifyChain(leaf).Should().Be(RejectionReason.CertificateBadSignature);
        }
    }

    private static TestName Name(string commonName) => TestName.Of(("CN", commonName));

    private static TestCertificateAuthority Below(TestCertificateAuthority anchor, int intermediates) =>
        Enumerable.Range(0, intermediates).Aggregate(anchor, (ca, i) => ca.IssueIntermediate(Name($"sub {i}")));
}
