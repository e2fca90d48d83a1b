using System.Security.Cryptography.X509Certificates;
using CertAuth.Certificates;
using CertAuth.Testing;
using CertAuth.Tests.Support;
using CertAuth.Trust;
using FluentAssertions;
using static CertAuth.Tests.Support.TrustExtensions;

namespace CertAuth.Tests.Trust;

/// <summary>How many signatures a peer can have checked with certificates that anybody can forge, and what honest peers still may
/// send.</summary>
public sealed class SearchBudgetTests
{
    private const int MaxSent = TrustBundle.MaxPeerCertificates - 1;
    private const int MaxFailed = 10;
    private const int MaxChecks = 100;

    private static readonly TestName s_alice = TestName.Of(("CN", "alice"));
    private static readonly TestName s_rootName = TestName.Of(("CN", "root"));
    private static readonly TestName s_subName = TestName.Of(("CN", "sub"));
    private static readonly TestCertificateAuthorityOptions s_noIdentifiers = new() { SubjectKeyIdentifier = false };
    private static readonly TestCertificateAuthority s_stranger = TestCertificateAuthority.Create(s_rootName, s_noIdentifiers);

    // The fault: 63 checks with one anchor of the name, 100 with two.
    // An intermediate that has had its first check is tried with each of the anchors, so that the right one of many is found.
    [Theory]
    [InlineData(1, MaxFailed)]
    [InlineData(2, MaxFailed)]
    [InlineData(3, MaxFailed + 2)]
    [InlineData(30, 30)]
    [InlineData(200, MaxChecks)]
    public void TryFind_StopsAtFewFailedChecks_WhenIntermediatesAreForged(int anchors, int expected)
    {
        TestCertificate leaf = TestCertificateAuthority.Create(s_subName).IssueClient(s_alice);

        Search search = Find(Roots(anchors), leaf, Forged(MaxSent));

        search.Reason.Should().Be(RejectionReason.PathSearchExhausted);
        search.Checks.Should().Be(expected);
    }

    // What is checked on the leaf itself is bounded as before: 100 CAs of one name are tried for a leaf without key identifiers.
    [Fact]
    public void TryFind_StopsAtFewFailedChecks_WhenTheLeafIsForgedToo()
    {
        Search search = Find(Roots(2), s_stranger.IssueClient(s_alice), Forged(MaxSent, s_rootName));

        search.Reason.Should().Be(RejectionReason.PathSearchExhausted);
        search.Checks.Should().Be(2 + MaxFailed);
    }

    // A peer that has one genuine intermediate forges others below it.
    [Fact]
    public void TryFind_StopsAtFewFailedChecks_WhenForgeriesNameAGenuineIntermediate()
    {
        TestCertificateAuthority[] roots = Roots(1);
        TestCertificateAuthority genuine = roots[0].IssueIntermediate(s_rootName);
        TestCertificate leaf = TestCertificateAuthority.Create(s_subName).IssueClient(s_alice);

        Search search = Find(roots, leaf, [genuine.Der, .. Forged(MaxSent - 1)]);

        search.Reason.Should().Be(RejectionReason.PathSearchExhausted);
        search.Checks.Should().BeLessThanOrEqualTo(1 + MaxFailed + 1);
    }

    // The fault: 16 MB with 1,000 anchors of one name, since each pair made a refusal after the budget was spent.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void TryFind_AllocatesLittle_WhenManyAnchorsHaveTheNameOfForgeries(bool isAlgorithmUnknown)
    {
        PathCertificate[] anchors = [.. Roots(1000).Select(root => Read(root.Der))];
        IssuerIndex index = new(anchors);
        PathCertificate[] sent = [.. Forged(MaxSent, isAlgorithmUnknown: isAlgorithmUnknown).Select(Read)];
        ParsedCertificate leaf = Read(TestCertificateAuthority.Create(s_subName).IssueClient(s_alice).Der).Certificate;
        NewSearch(index, sent).TryFind(leaf, out _, out _);

        long bytes = Allocation.Of(() => NewSearch(index, sent).TryFind(leaf, out _, out _));

        bytes.Should().BeLessThan(400_000);
    }

    // Nothing is left to check, so the bound is not the reason.
    [Fact]
    public void TryFind_NamesTheSignature_WhenTheBudgetSufficed() =>
        Find(Roots(1), TestCertificateAuthority.Create(s_subName).IssueClient(s_alice), Forged(MaxFailed))
            .Should().Be(new Search(RejectionReason.CertificateBadSignature, MaxFailed));

    // Whoever can add certificates to a message does so before or behind the right one. In the middle only key identifiers tell it from
    // forgeries.
    [Theory]
    [InlineData(0, 40, false, RejectionReason.None)]
    [InlineData(40, 0, false, RejectionReason.None)]
    [InlineData(5, 4, false, RejectionReason.None)]
    [InlineData(20, 20, false, RejectionReason.PathSearchExhausted)]
    [InlineData(20, 20, true, RejectionReason.None)]
    public void TryFind_FindsTheRightOneAmongForgeries(int before, int behind, bool hasKeyIdentifiers, RejectionReason expected)
    {
        TestCertificateAuthority[] roots = Roots(1);
        TestCertificateAuthority right = roots[0].IssueIntermediate(s_subName, new() { SubjectKeyIdentifier = hasKeyIdentifiers });
        ReadOnlyMemory<byte>[] sent = [.. Forged(before), right.Der, .. Forged(behind)];

        Find(roots, right.IssueClient(s_alice), sent).Reason.Should().Be(expected);
    }

    // An honest peer: one intermediate without key identifiers, signed by the last of 99 CAs of one name.
    [Fact]
    public void TryFind_FindsTheSignerAmongManyAnchorsOfOneName_WithoutKeyIdentifiers()
    {
        TestCertificateAuthority[] roots = Roots(MaxChecks - 1);
        TestCertificateAuthority sub = roots[^1].IssueIntermediate(s_subName, s_noIdentifiers);

        Find(roots, sub.IssueClient(s_alice), [sub.Der]).Should().Be(new Search(RejectionReason.None, MaxChecks));
    }

    // The fault beside it: intermediates were tried in the order of the bundle, whatever their key identifiers say.
    [Fact]
    public void TryFind_FindsTheSignerAmongManyAnchorsOfOneName_ByItsKeyIdentifier()
    {
        TestCertificateAuthority[] roots = [.. Enumerable.Range(0, 300).Select(_ => TestCertificateAuthority.Create(s_rootName))];
        TestCertificateAuthority sub = roots[^1].IssueIntermediate(s_subName);

        Find(roots, sub.IssueClient(s_alice), [sub.Der]).Should().Be(new Search(RejectionReason.None, 2));
    }

    // Here every CA has the name of the root, so each is a possible issuer of each. Sent from the top down, only shorter paths fit into the
    // budget.
    [Theory]
    [InlineData(PathSearch.MaxIntermediates, false, false)]
    [InlineData(PathSearch.MaxIntermediates, true, false)]
    [InlineData(6, false, true)]
    [InlineData(6, true, true)]
    public void TryFind_FindsALongPathOfOneName(int intermediates, bool hasKeyIdentifiers, bool isReversed)
    {
        TestCertificateAuthorityOptions options = new() { SubjectKeyIdentifier = hasKeyIdentifiers };
        TestCertificateAuthority root = TestCertificateAuthority.Create(s_rootName, options), issuer = root;
        for (int i = 0; i < intermediates; i++)
            issuer = issuer.IssueIntermediate(s_rootName, options);
        TestCertificate leaf = issuer.IssueClient(s_alice);

        Find([root], leaf, isReversed ? [.. leaf.Chain.Reverse()] : [.. leaf.Chain]).Reason.Should().Be(RejectionReason.None);
    }

    private static TestCertificateAuthority[] Roots(int count) =>
        [.. Enumerable.Range(0, count).Select(_ => TestCertificateAuthority.Create(s_rootName, s_noIdentifiers))];

    // By a stranger of the trusted CA's name.
    private static ReadOnlyMemory<byte>[] Forged(int count, TestName? subject = null, bool isAlgorithmUnknown = false)
    {
        if (isAlgorithmUnknown)
        {
            byte[] unknown = DerBytes.Sequence(DerBytes.Oid("1.2.3"));
            CraftedCertificate crafted = new()
            {
                Issuer = s_rootName.Encode(),
                Subject = s_subName.Encode(),
                SignedAlgorithm = unknown,
                Algorithm = unknown,
            };
            byte[] Encode(int serial) => (crafted with { Serial = DerBytes.Tlv(2, [(byte)serial]) }).Encode();
            return [.. Enumerable.Range(0, count).Select(serial => (ReadOnlyMemory<byte>)Encode(serial))];
        }

        return
        [
            .. Enumerable.Range(0, count).Select(_ => s_stranger.Issue(new()
            {
                Subject = subject ?? s_subName,
                IsCa = true,
                KeyUsage = X509KeyUsageFlags.KeyCertSign,
                ExtendedKeyUsages = [],
                SubjectKeyIdentifier = false,
            }).Der),
        ];
    }

    private static Search Find(TestCertificateAuthority[] anchors, TestCertificate leaf, ReadOnlyMemory<byte>[] sent)
    {
        PathSearch search = NewSearch(new([.. anchors.Select(anchor => Read(anchor.Der))]), [.. sent.Select(Read)]);
        search.TryFind(Read(leaf.Der).Certificate, out _, out Rejection? rejection);
        Bundle([.. anchors.Select(anchor => anchor.Certificate)]).VerifyChain(leaf.Der, sent).Should().Be(rejection?.Reason ?? RejectionReason.None);
        return new(rejection?.Reason ?? RejectionReason.None, search.SignatureCheckCount);
    }

    private static PathSearch NewSearch(IssuerIndex index, PathCertificate[] sent)
    {
        VerificationTime time = new(TimeProvider.System.GetUtcNow());
        return new(index, sent, new(new(), time), new([], new(), time), PathSearch.MaxIntermediates);
    }

    private static PathCertificate Read(ReadOnlyMemory<byte> der)
    {
        _ = ParsedCertificate.TryParse(der.Span, out ParsedCertificate? read, out CertificateError error);
        error.Kind.Should().Be(CertificateErrorKind.None);
        return new(read!);
    }

    /// <summary>The verdict of one search, and the number of signatures that were checked.</summary>
    private sealed record Search(RejectionReason Reason, int Checks);
}
