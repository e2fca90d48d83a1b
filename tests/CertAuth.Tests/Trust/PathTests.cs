using CertAuth.Testing;
using CertAuth.Tests.Support;
using CertAuth.Trust;
using FluentAssertions;
using static CertAuth.Tests.Support.TrustExtensions;

namespace CertAuth.Tests.Trust;

public sealed class PathTests
{
    private static readonly TestName s_alice = Name("alice");
    private static readonly TestCertificateAuthority s_root = TestCertificateAuthority.Create(Name("root"));

    [Theory]
    [InlineData(0, FailureReason.None)]
    [InlineData(1, FailureReason.None)]
    [InlineData(2, FailureReason.None)]
    [InlineData(10, FailureReason.None)]
    [InlineData(11, FailureReason.PathTooLong)]
    [InlineData(30, FailureReason.PathTooLong)]
    public void TryVerify_TakesTenIntermediates(int intermediates, FailureReason expected) =>
        Bundle(s_root.Certificate).Judge(Below(s_root, intermediates).IssueClient(s_alice)).Should().Be(expected);

    [Fact]
    public void TryVerify_NamesTheAnchor()
    {
        TestCertificateAuthority other = TestCertificateAuthority.Create(Name("other"));
        TestCertificate leaf = Below(s_root, 2).IssueClient(s_alice);

        Assert.True(Bundle(other.Certificate, s_root.Certificate).TryVerify(leaf.Der.Span, [.. leaf.Chain], out var verified, out _));

        verified.AnchorSha256.ToArray().Should().Equal(System.Security.Cryptography.SHA256.HashData(s_root.Der.Span));
        verified.Certificate!.Der.ToArray().Should().Equal(leaf.Der.ToArray());
    }

    [Fact]
    public void TryVerify_TakesIntermediatesInAnyOrderAndTwice()
    {
        TestCertificate leaf = Below(s_root, 3).IssueClient(s_alice);
        TrustBundle bundle = Bundle(s_root.Certificate);

        bundle.Judge(leaf.Der, leaf.Chain.Reverse()).Should().Be(FailureReason.None);
        bundle.Judge(leaf.Der, [.. leaf.Chain, .. leaf.Chain, s_root.Der, leaf.Der]).Should().Be(FailureReason.None);
        bundle.Judge(leaf.Der, [leaf.Chain[1], leaf.Chain[1], leaf.Chain[0], leaf.Chain[2]]).Should().Be(FailureReason.None);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void TryVerify_NeedsEachIntermediate(int missing)
    {
        TestCertificate leaf = Below(s_root, 3).IssueClient(s_alice);

        Bundle(s_root.Certificate).Judge(leaf.Der, leaf.Chain.Where((_, i) => i != missing)).Should().Be(FailureReason.UntrustedIssuer);
    }

    [Fact]
    public void TryVerify_AnchorsAtAnyCertificateOfTheBundle()
    {
        TestCertificateAuthority upper = s_root.IssueIntermediate(Name("upper"));
        TestCertificateAuthority lower = upper.IssueIntermediate(Name("lower"));
        TestCertificate leaf = lower.IssueClient(s_alice);

        Bundle(lower.Certificate).Judge(leaf.Der, []).Should().Be(FailureReason.None);
        Bundle(upper.Certificate).Judge(leaf.Der, [lower.Der]).Should().Be(FailureReason.None);
        Bundle(upper.Certificate).Judge(leaf.Der, []).Should().Be(FailureReason.UntrustedIssuer);
    }

    [Fact]
    public void TryVerify_WalksLoopsToTheirEnd()
    {
        TestCertificateAuthority one = TestCertificateAuthority.Create(Name("one"));
        TestCertificateAuthority two = TestCertificateAuthority.Create(Name("two"));
        TestCertificateAuthority oneByTwo = two.CrossSign(one);
        TestCertificateAuthority twoByOne = one.CrossSign(two);
        TestCertificate leaf = one.IssueClient(s_alice);

        Bundle(s_root.Certificate).Judge(leaf.Der, [oneByTwo.Der, twoByOne.Der, one.Der, two.Der])
            .Should().Be(FailureReason.UntrustedIssuer);
        Bundle(two.Certificate).Judge(leaf.Der, [twoByOne.Der, oneByTwo.Der]).Should().Be(FailureReason.None);
    }

    [Fact]
    public void TryVerify_TakesTheCrossCertificateThatLeadsToItsAnchor()
    {
        TestCertificateAuthority old = TestCertificateAuthority.Create(Name("old"));
        TestCertificateAuthority sub = s_root.IssueIntermediate(Name("sub"));
        TestCertificateAuthority subByOld = old.CrossSign(sub);
        TestCertificate leaf = sub.IssueClient(s_alice);

        Bundle(s_root.Certificate).Judge(leaf.Der, [subByOld.Der, sub.Der]).Should().Be(FailureReason.None);
        Bundle(old.Certificate).Judge(leaf.Der, [sub.Der, subByOld.Der]).Should().Be(FailureReason.None);
        Bundle(old.Certificate).Judge(leaf.Der, [sub.Der]).Should().Be(FailureReason.UntrustedIssuer);
    }

    // Path length: the intermediates below the CA, self-issued ones not counted (RFC 5280, 6.1.4 (l)).
    [Theory]
    [InlineData(0, 0, FailureReason.None)]
    [InlineData(0, 1, FailureReason.PathTooLong)]
    [InlineData(1, 1, FailureReason.None)]
    [InlineData(1, 2, FailureReason.PathTooLong)]
    [InlineData(2, 2, FailureReason.None)]
    public void TryVerify_CountsThePathLength(int limit, int below, FailureReason expected)
    {
        TestCertificateAuthority anchor = TestCertificateAuthority.Create(Name("limited"), new() { PathLength = limit });
        TestCertificateAuthority intermediate = s_root.IssueIntermediate(Name("limited"), new() { PathLength = limit });

        Bundle(anchor.Certificate).Judge(Below(anchor, below).IssueClient(s_alice)).Should().Be(expected);
        Bundle(s_root.Certificate).Judge(Below(intermediate, below).IssueClient(s_alice)).Should().Be(expected);
    }

    [Fact]
    public void TryVerify_DoesNotCountSelfIssuedIntermediates()
    {
        TestCertificateAuthority anchor = TestCertificateAuthority.Create(Name("limited"), new() { PathLength = 0 });
        TestCertificateAuthority rollover = anchor.IssueIntermediate(Name("limited"));
        TestCertificateAuthority otherSpelling = rollover.IssueIntermediate(Name("LIMITED"));

        Bundle(anchor.Certificate).Judge(rollover.IssueClient(s_alice)).Should().Be(FailureReason.None);
        Bundle(anchor.Certificate).Judge(otherSpelling.IssueClient(s_alice)).Should().Be(FailureReason.None);
        Bundle(anchor.Certificate).Judge(Below(rollover, 1).IssueClient(s_alice)).Should().Be(FailureReason.PathTooLong);
    }

    [Fact]
    public void TryVerify_PassesOverIntermediatesThatItCannotRead()
    {
        TestCertificate leaf = Below(s_root, 1).IssueClient(s_alice);
        byte[] damaged = leaf.Chain[0].ToArray();
        damaged[1]++;
        ReadOnlyMemory<byte>[] sent = [new byte[] { 1, 2, 3 }, damaged, ReadOnlyMemory<byte>.Empty, leaf.Chain[0]];

        Bundle(s_root.Certificate).Judge(leaf.Der, sent).Should().Be(FailureReason.None);
        Bundle(s_root.Certificate).Judge(leaf.Der, [damaged]).Should().Be(FailureReason.UntrustedIssuer);
    }

    // RFC 5280, 7.1, for finding the issuer: case, runs of spaces and string types don't count; anything else does.
    [Theory]
    [InlineData("Org Root", TestStringType.Printable, true)]
    [InlineData("ORG ROOT", TestStringType.Utf8, true)]
    [InlineData("  org   root ", TestStringType.Utf8, true)]
    [InlineData("Org Root", TestStringType.Bmp, true)]
    [InlineData("OrgRoot", TestStringType.Utf8, false)]
    [InlineData("Org Root.", TestStringType.Utf8, false)]
    public void TryVerify_FindsAnIssuerInAnotherSpelling(string spelling, TestStringType type, bool found)
    {
        TestCertificateAuthority anchor = TestCertificateAuthority.Create(Name("Org Root"));
        TestName issuer = TestName.FromRdns(new TestRdn(new TestAva("CN", spelling, type)));
        TestCertificate direct = anchor.Issue(new() { Subject = s_alice, Issuer = issuer });
        TestCertificateAuthority sub = s_root.IssueIntermediate(Name("Org Root"));
        TestCertificate indirect = sub.Issue(new() { Subject = s_alice, Issuer = issuer });
        FailureReason expected = found ? FailureReason.None : FailureReason.UntrustedIssuer;

        Bundle(anchor.Certificate).Judge(direct).Should().Be(expected);
        Bundle(s_root.Certificate).Judge(indirect).Should().Be(expected);
    }

    [Fact]
    public void TryVerify_FindsNoIssuerOfAnEmptyName()
    {
        TestCertificateAuthority nameless = TestCertificateAuthority.Create(TestName.Of());

        Bundle(nameless.Certificate).Judge(nameless.IssueClient(s_alice)).Should().Be(FailureReason.UntrustedIssuer);
    }

    [Fact]
    public void TryVerify_RefusesAMutatedSignature()
    {
        TestCertificateAuthority rsa = TestCertificateAuthority.Create(Name("rsa"), new() { KeyType = TestKeyType.Rsa2048 });

        foreach (TestCertificateAuthority ca in new[] { s_root, rsa })
        {
            TestCertificate leaf = ca.Issue(new() { Subject = s_alice, CorruptSignature = true });
            Bundle(ca.Certificate).Judge(leaf).Should().Be(FailureReason.BadSignature);
        }
    }

    private static TestName Name(string commonName) => TestName.Of(("CN", commonName));

    private static TestCertificateAuthority Below(TestCertificateAuthority anchor, int intermediates) =>
        Enumerable.Range(0, intermediates).Aggregate(anchor, (ca, i) => ca.IssueIntermediate(Name($"sub {i}")));
}
