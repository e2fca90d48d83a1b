using System.Security.Cryptography.X509Certificates;
using CertAuth.Certificates;
using CertAuth.Trust;
using static CertAuth.Tests.Support.TrustExtensions;

namespace CertAuth.Tests.Trust;

/// <summary>Forged certificates cause only a limited number of signature checks, and the certificates of an honest peer are still
/// verified.</summary>
public sealed class SearchBudgetTests
{
    private const int MaxSent = TrustBounds.MaxPeerCertificates - 1;
    private const int MaxFailed = 10;
    private const int MaxChecks = 100;

    private static readonly TestName s_alice = TestName.Of(("CN", "alice"));
    private static readonly TestName s_rootName = TestName.Of(("CN", "root"));
    private static readonly TestName s_subName = TestName.Of(("CN", "sub"));
    private static readonly TestCertificateAuthorityOptions s_noIdentifiers = new() { SubjectKeyIdentifier = false };
    private static readonly TestCertificateAuthority s_stranger = TestCertificateAuthority.Create(s_rootName, s_noIdentifiers);

    // Regression: there were 63 checks with one anchor of the name, and 100 with two.
    // Once an intermediate has been checked with one anchor, all others with the name are tried, so that its issuer is found among many.
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

    // The limit for the leaf itself is higher: for a leaf without key identifiers, 100 CAs with the same name are tried.
    [Fact]
    public void TryFind_StopsAtFewFailedChecks_WhenTheLeafIsForgedToo()
    {
        Search search = Find(Roots(2), s_stranger.IssueClient(s_alice), Forged(MaxSent, s_rootName));

        search.Reason.Should().Be(RejectionReason.PathSearchExhausted);
        search.Checks.Should().Be(2 + MaxFailed);
    }

    // A peer with one genuine intermediate forges others below it.
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

    // Regression: 16 MB were allocated for 1,000 anchors with the same name, because each pair created a rejection after the budget was
    // used up.
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

    // All signatures were checked, so the reason is the signature and not the limit.
    [Fact]
    public void TryFind_ReportsTheSignature_WhenTheBudgetIsSufficient() =>
        Find(Roots(1), TestCertificateAuthority.Create(s_subName).IssueClient(s_alice), Forged(MaxFailed))
            .Should().Be(new Search(RejectionReason.CertificateBadSignature, MaxFailed));

    // An attacker who can add certificates to a message adds them before or after the genuine intermediate. If it is in the middle, it is
    // found only by its key identifier.
    [Theory]
    [InlineData(0, 40, false, RejectionReason.None)]
    [InlineData(40, 0, false, RejectionReason.None)]
    [InlineData(5, 4, false, RejectionReason.None)]
    [InlineData(20, 20, false, RejectionReason.PathSearchExhausted)]
    [InlineData(20, 20, true, RejectionReason.None)]
    public void TryFind_FindsTheIssuerAmongForgeries(int before, int behind, bool hasKeyIdentifiers, RejectionReason expected)
    {
        TestCertificateAuthority[] roots = Roots(1);
        TestCertificateAuthority right = roots[0].IssueIntermediate(s_subName, new() { SubjectKeyIdentifier = hasKeyIdentifiers });
        ReadOnlyMemory<byte>[] sent = [.. Forged(before), right.Der, .. Forged(behind)];

        Find(roots, right.IssueClient(s_alice), sent).Reason.Should().Be(expected);
    }

    // An honest peer: one intermediate without key identifiers, signed by the last of 99 CAs with the same name.
    [Fact]
    public void TryFind_FindsTheSignerAmongManyAnchorsWithTheSameName_WithoutKeyIdentifiers()
    {
        TestCertificateAuthority[] roots = Roots(MaxChecks - 1);
        TestCertificateAuthority sub = roots[^1].IssueIntermediate(s_subName, s_noIdentifiers);

        Find(roots, sub.IssueClient(s_alice), [sub.Der]).Should().Be(new Search(RejectionReason.None, MaxChecks));
    }

    // Regression: issuers were tried in the order of the bundle, regardless of the key identifiers.
    [Fact]
    public void TryFind_FindsTheSignerAmongManyAnchorsWithTheSameName_ByKeyIdentifier()
    {
        TestCertificateAuthority[] roots = [.. Enumerable.Range(0, 300).Select(_ => TestCertificateAuthority.Create(s_rootName))];
        TestCertificateAuthority sub = roots[^1].IssueIntermediate(s_subName);

        Find(roots, sub.IssueClient(s_alice), [sub.Der]).Should().Be(new Search(RejectionReason.None, 2));
    }

    // Every CA has the name of the root, so each CA is a possible issuer of every other. If the path is sent from the top down, only
    // shorter paths are within the budget.
    [Theory]
    [InlineData(TrustBounds.MaxIntermediates, false, false)]
    [InlineData(TrustBounds.MaxIntermediates, true, false)]
    [InlineData(6, false, true)]
    [InlineData(6, true, true)]
    public void TryFind_FindsALongPath_WhenAllCasHaveTheSameName(int intermediates, bool hasKeyIdentifiers, bool isReversed)
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

    // Forged certificates are signed by an unknown CA with the name of the trusted one.
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
        Bundle([.. anchors.Select(anchor => anchor.Certificate)]).VerifyChain(leaf.Der, sent)
            .Should().Be(rejection?.Reason ?? RejectionReason.None);
        return new(rejection?.Reason ?? RejectionReason.None, search.SignatureCheckCount);
    }

    private static PathSearch NewSearch(IssuerIndex index, PathCertificate[] sent)
    {
        VerificationTime time = new(TimeProvider.System.GetUtcNow());
        return new(index, sent, new(new(), time), new([], new(), time), TrustBounds.MaxIntermediates);
    }

    private static PathCertificate Read(ReadOnlyMemory<byte> der)
    {
        _ = ParsedCertificate.TryParse(der.Span, out ParsedCertificate? read, out CertificateError error);
        error.Kind.Should().Be(CertificateErrorKind.None);
        return new(read!);
    }

    /// <summary>The verdict of one search and the number of signatures that were checked.</summary>
    private sealed record Search(RejectionReason Reason, int Checks);
}
