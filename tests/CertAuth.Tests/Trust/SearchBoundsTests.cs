using CertAuth.Certificates;
using CertAuth.Trust;
using static CertAuth.Tests.Support.TrustExtensions;

namespace CertAuth.Tests.Trust;

/// <summary>The limits of a path search. They hold whatever the peer sends.</summary>
public sealed class SearchBoundsTests
{
    private static readonly TestName s_alice = TestName.Of(("CN", "alice"));
    private static readonly TestName s_subName = TestName.Of(("CN", "sub"));
    private static readonly TestCertificateAuthority s_root = TestCertificateAuthority.Create(TestName.Of(("CN", "root")));

    [Fact]
    public void TryVerify_LimitsTheLeafSize()
    {
        TestExtension padding = new("1.2.3", false, new byte[CertificateBounds.MaxBytes - 1024]);
        TestExtension tooMuch = new("1.2.3", false, new byte[CertificateBounds.MaxBytes]);
        TestCertificate large = s_root.Issue(new() { Subject = s_alice, Extensions = [tooMuch] });
        TestCertificate fits = s_root.Issue(new() { Subject = s_alice, Extensions = [padding] });

        Bundle(s_root.Certificate).VerifyChain(large).Should().Be(RejectionReason.CertificateTooLarge);
        Bundle(s_root.Certificate).VerifyChain(fits).Should().Be(RejectionReason.None);
    }

    [Theory]
    [InlineData(63, RejectionReason.None)]
    [InlineData(64, RejectionReason.CertificateTooLarge)]
    public void TryVerify_LimitsTheNumberOfCertificates(int intermediates, RejectionReason expected)
    {
        ReadOnlyMemory<byte>[] sent = [.. Enumerable.Repeat(s_root.Der, intermediates)];

        Bundle(s_root.Certificate).VerifyChain(s_root.IssueClient(s_alice).Der, sent).Should().Be(expected);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void TryVerify_FindsTheIssuer_WhenFortyOthersHaveTheSameName(bool withKeyIdentifiers)
    {
        TestCertificateAuthorityOptions options = new() { SubjectKeyIdentifier = withKeyIdentifiers };
        TestCertificateAuthority right = s_root.IssueIntermediate(s_subName, options);
        TestCertificateAuthority twin = s_root.IssueIntermediate(s_subName, options);
        ReadOnlyMemory<byte>[] junk = [.. Enumerable.Range(0, 40).Select(_ => (twin = twin.Rotate()).Der)];

        Bundle(s_root.Certificate).VerifyChain(right.IssueClient(s_alice).Der, [.. junk, right.Der]).Should().Be(RejectionReason.None);
    }

    // Eight CAs with the same name, each certified by all others: there are many valid signatures, and no path ends at an anchor.
    // Signatures are checked only if a CA of the bundle certified one of these CAs.
    [Theory]
    [InlineData(false, RejectionReason.UntrustedIssuer)]
    [InlineData(true, RejectionReason.PathSearchExhausted)]
    public void TryVerify_StopsAtTheStepLimit(bool isReachable, RejectionReason expected)
    {
        TestKey[] keys = [.. Enumerable.Range(0, 8).Select(_ => TestKey.Create())];
        TestCertificateAuthority[] names = [.. keys.Select(key => TestCertificateAuthority.Create(s_subName, new() { Key = key }))];
        ReadOnlyMemory<byte>[] maze =
        [
            .. from issuer in names
               from subject in names
               where issuer != subject
               select issuer.CrossSign(subject).Der,
        ];
        TestCertificate leaf = names[0].Rotate().IssueClient(s_alice);
        ReadOnlyMemory<byte>[] sent = isReachable ? [.. maze, s_root.CrossSign(names[0]).Der] : maze;

        Bundle(s_root.Certificate).VerifyChain(leaf.Der, sent).Should().Be(expected);
    }

    [Fact]
    public void TryVerify_StopsAtTheSignatureLimit()
    {
        TestCertificateAuthority ca = TestCertificateAuthority.Create(s_subName);
        TestCertificate[] twins = [.. Enumerable.Range(0, TrustBounds.MaxSignatureChecks).Select(_ => (ca = ca.Rotate()).Certificate)];
        TestCertificate leaf = ca.Rotate().Issue(new() { Subject = s_alice, Version = TestCertificateVersion.V1 });

        Bundle(twins).VerifyChain(leaf).Should().Be(RejectionReason.CertificateBadSignature);
        Bundle([.. twins, ca.Rotate().Certificate]).VerifyChain(leaf).Should().Be(RejectionReason.PathSearchExhausted);
    }

    [Fact]
    public void TryVerify_FindsTheAnchorAmongMany_ByKeyIdentifier()
    {
        TestCertificateAuthority ca = TestCertificateAuthority.Create(s_subName);
        TestCertificate[] twins = [.. Enumerable.Range(0, 300).Select(_ => (ca = ca.Rotate()).Certificate)];

        Bundle(twins).VerifyChain(ca.IssueClient(s_alice)).Should().Be(RejectionReason.None);
    }
}
