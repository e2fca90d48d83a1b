using CertAuth.Trust;
using static CertAuth.Tests.Support.TrustExtensions;

namespace CertAuth.Tests.Trust;

/// <summary>After a rotation, several CAs have the same subject, and only the signature shows which of them issued a leaf.</summary>
public sealed class SameSubjectTests
{
    private static readonly TestName s_caName = TestName.Of(("C", "US"), ("CN", "ca"));
    private static readonly TestName s_alice = TestName.Of(("C", "US"), ("CN", "alice"));

    public static TheoryData<TestCertificateVersion, bool, bool> Kinds => new()
    {
        { TestCertificateVersion.V1, true, false },
        { TestCertificateVersion.V3, true, true },
        { TestCertificateVersion.V3, true, false },
        { TestCertificateVersion.V3, false, false },
    };

    [Theory, MemberData(nameof(Kinds))]
    public void TryVerify_TriesEachCa_WhenSeveralHaveTheSameName(
        TestCertificateVersion leafVersion, bool subjectKeyIdentifier, bool authorityKeyIdentifier)
    {
        TestCertificateAuthority first = TestCertificateAuthority.Create(s_caName, new() { SubjectKeyIdentifier = subjectKeyIdentifier });
        TestCertificateAuthority second = first.Rotate();
        TestCertificateAuthority third = second.Rotate();
        TestCertificateAuthority[] all = [first, second, third];
        TestCertificate[] leaves = [.. all.Select(ca => Leaf(ca, leafVersion, authorityKeyIdentifier))];

        foreach (TestCertificateAuthority[] order in Orders(all))
        {
            TrustBundle bundle = Bundle([.. order.Select(ca => ca.Certificate)]);
            leaves.Should().AllSatisfy(leaf => bundle.VerifyChain(leaf).Should().Be(RejectionReason.None));
        }
    }

    [Theory, MemberData(nameof(Kinds))]
    public void TryVerify_RejectsAnUntrustedCa_WhenItHasTheNameOfATrustedOne(
        TestCertificateVersion leafVersion, bool subjectKeyIdentifier, bool authorityKeyIdentifier)
    {
        TestCertificateAuthority first = TestCertificateAuthority.Create(s_caName, new() { SubjectKeyIdentifier = subjectKeyIdentifier });
        TestCertificateAuthority stranger = first.Rotate();
        TestCertificate leaf = Leaf(stranger, leafVersion, authorityKeyIdentifier);
        TrustBundle bundle = Bundle(first.Certificate, first.Rotate().Certificate);

        bundle.VerifyChain(leaf).Should().Be(RejectionReason.CertificateBadSignature);
        bundle.VerifyChain(leaf.Der, [stranger.Der]).Should().Be(RejectionReason.CertificateBadSignature);
    }

    [Fact]
    public void TryVerify_IgnoresAnExpiredCa_WhenAnotherHasTheSameName()
    {
        TestCertificateAuthority live = TestCertificateAuthority.Create(s_caName);
        DateTimeOffset yesterday = TimeProvider.System.GetUtcNow().AddDays(-1);
        TestCertificateAuthority expired = TestCertificateAuthority.Create(s_caName, new()
        {
            Key = live.Key,
            NotBefore = yesterday.AddDays(-1),
            NotAfter = yesterday,
        });

        Bundle(expired.Certificate, live.Certificate).VerifyChain(live.IssueClient(s_alice)).Should().Be(RejectionReason.None);
        Bundle(live.Certificate, expired.Certificate).VerifyChain(expired.IssueClient(s_alice)).Should().Be(RejectionReason.None);
        Bundle(expired.Certificate).VerifyChain(live.IssueClient(s_alice)).Should().Be(RejectionReason.CertificateExpired);
    }

    [Fact]
    public void TryVerify_TriesEachIntermediate_WhenSeveralHaveTheSameName()
    {
        TestCertificateAuthority root = TestCertificateAuthority.Create(TestName.Of(("CN", "root")));
        TestCertificateAuthority old = root.IssueIntermediate(s_caName);
        TestCertificateAuthority renewed = old.Rotate();

        foreach (TestCertificateAuthority issuer in new[] { old, renewed })
        {
            TestCertificate leaf = Leaf(issuer, TestCertificateVersion.V1, authorityKeyIdentifier: false);
            Bundle(root.Certificate).VerifyChain(leaf.Der, [old.Der, renewed.Der]).Should().Be(RejectionReason.None);
            Bundle(root.Certificate).VerifyChain(leaf.Der, [renewed.Der, old.Der]).Should().Be(RejectionReason.None);
        }
    }

    private static TestCertificate Leaf(TestCertificateAuthority ca, TestCertificateVersion version, bool authorityKeyIdentifier) =>
        ca.Issue(new() { Subject = s_alice, Version = version, AuthorityKeyIdentifier = authorityKeyIdentifier });

    private static IEnumerable<T[]> Orders<T>(T[] items) => items.Length < 2
        ? [items]
        : items.SelectMany((item, i) => Orders([.. items[..i], .. items[(i + 1)..]]).Select(rest => (T[])[item, .. rest]));
}
