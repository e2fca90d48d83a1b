using CertAuth.Trust;
using static CertAuth.Tests.Support.TrustExtensions;

namespace CertAuth.Tests.Trust;

/// <summary>Three generations of a CA with the same subject: every subset as a bundle, in every order, with and without cross
/// certificates.</summary>
public sealed class RotationTests
{
    private const int Generations = 3;

    private static readonly TestName s_caName = TestName.Of(("C", "US"), ("CN", "ca"));
    private static readonly TestName s_alice = TestName.Of(("C", "US"), ("CN", "alice"));

    // Cross certificates as pairs: the generation that signs, and the generation that is certified.
    private static readonly (int Issuer, int Subject)[][] s_crossings =
    [
        [], [(0, 1)], [(0, 2)], [(1, 2)], [(1, 0)], [(2, 0)], [(2, 1)], [(0, 1), (1, 2)], [(2, 1), (1, 0)], [(1, 2), (0, 1)],
        [(0, 1), (1, 0), (1, 2), (2, 1), (0, 2), (2, 0)],
    ];

    public static TheoryData<TestCertificateVersion, bool, bool> Kinds => SameSubjectTests.Kinds;

    [Theory, MemberData(nameof(Kinds))]
    public void TryVerify_AcceptsALeaf_OnlyIfAPathReachesIt(
        TestCertificateVersion leafVersion, bool subjectKeyIdentifier, bool authorityKeyIdentifier)
    {
        TestCertificateAuthority[] all = Rotate(subjectKeyIdentifier, authorityKeyIdentifier);
        TestCertificate[] leaves = [.. all.Select(ca => Leaf(ca, leafVersion, authorityKeyIdentifier))];
        foreach (int[] generations in Bundles())
        {
            foreach ((int Issuer, int Subject)[] crossings in s_crossings)
            {
                // A new bundle for each, so that the cache of one does not affect the next.
                TrustBundle bundle = Bundle([.. generations.Select(g => all[g].Certificate)]);
                ReadOnlyMemory<byte>[] sent = [.. crossings.Select(c => all[c.Issuer].CrossSign(all[c.Subject]).Der)];
                HashSet<int> reached = Reach(generations, crossings);
                for (int i = 0; i < Generations; i++)
                {
                    (reached.Contains(i) == (bundle.VerifyChain(leaves[i].Der, sent) == RejectionReason.None)).Should().BeTrue(
                        $"leaf of {i}, bundle {string.Join(',', generations)}, crossings {string.Join(' ', crossings)}");
                }
            }
        }
    }

    [Theory, MemberData(nameof(Kinds))]
    public void TryVerify_RejectsAnUntrustedCa_WhenItHasTheNameOfATrustedOne(
        TestCertificateVersion leafVersion, bool subjectKeyIdentifier, bool authorityKeyIdentifier)
    {
        TestCertificateAuthority[] all = Rotate(subjectKeyIdentifier, authorityKeyIdentifier);
        TestCertificateAuthority stranger = all[0].Rotate();
        TestCertificate leaf = Leaf(stranger, leafVersion, authorityKeyIdentifier);
        ReadOnlyMemory<byte>[] crossed = [.. all.Select(ca => stranger.CrossSign(ca).Der)];
        foreach (int[] generations in Bundles())
        {
            TrustBundle bundle = Bundle([.. generations.Select(g => all[g].Certificate)]);

            bundle.VerifyChain(leaf).Should().Be(RejectionReason.CertificateBadSignature);
            bundle.VerifyChain(leaf.Der, [stranger.Der, .. crossed]).Should().Be(RejectionReason.CertificateBadSignature);
        }
    }

    private static TestCertificateAuthority[] Rotate(bool subjectKeyIdentifier, bool authorityKeyIdentifier)
    {
        TestCertificateAuthority first = TestCertificateAuthority.Create(
            s_caName, new() { SubjectKeyIdentifier = subjectKeyIdentifier, AuthorityKeyIdentifier = authorityKeyIdentifier });
        TestCertificateAuthority second = first.Rotate();
        return [first, second, second.Rotate()];
    }

    private static TestCertificate Leaf(TestCertificateAuthority ca, TestCertificateVersion version, bool authorityKeyIdentifier) =>
        ca.Issue(new() { Subject = s_alice, Version = version, AuthorityKeyIdentifier = authorityKeyIdentifier });

    // Each non-empty subset, in each order.
    private static IEnumerable<int[]> Bundles() => Extend([]).Skip(1);

    private static IEnumerable<int[]> Extend(int[] chosen) =>
        Enumerable.Range(0, Generations).Except(chosen).SelectMany(next => Extend([.. chosen, next])).Prepend(chosen);

    private static HashSet<int> Reach(int[] generations, (int Issuer, int Subject)[] crossings)
    {
        HashSet<int> reached = [.. generations];
        foreach ((int Issuer, int Subject) _ in crossings)
            reached.UnionWith(crossings.Where(c => reached.Contains(c.Issuer)).Select(c => c.Subject).ToArray());
        return reached;
    }
}
