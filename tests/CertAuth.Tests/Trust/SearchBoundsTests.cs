using CertAuth.Certificates;
using CertAuth.Testing;
using CertAuth.Tests.Support;
using CertAuth.Trust;
using FluentAssertions;
using static CertAuth.Tests.Support.TrustExtensions;

namespace CertAuth.Tests.Trust;

/// <summary>What a peer sends can make a search neither long nor fail.</summary>
public sealed class SearchBoundsTests
{
    private static readonly TestName s_alice = TestName.Of(("CN", "alice"));
    private static readonly TestName s_subName = TestName.Of(("CN", "sub"));
    private static readonly TestCertificateAuthority s_root = TestCertificateAuthority.Create(TestName.Of(("CN", "root")));

    [Fact]
    public void TryVerify_BoundsTheLeafsOctets()
    {
        TestExtension padding = new("1.2.3", false, new byte[CertificateReader.MaxOctets - 1024]);
        TestExtension tooMuch = new("1.2.3", false, new byte[CertificateReader.MaxOctets]);
        TestCertificate large = s_root.Issue(new() { Subject = s_alice, Extensions = [tooMuch] });
        TestCertificate fits = s_root.Issue(new() { Subject = s_alice, Extensions = [padding] });

        Bundle(s_root.Certificate).Judge(large).Should().Be(FailureReason.CertificateTooLarge);
        Bundle(s_root.Certificate).Judge(fits).Should().Be(FailureReason.None);
    }

    [Theory]
    [InlineData(63, FailureReason.None)]
    [InlineData(64, FailureReason.CertificateTooLarge)]
    public void TryVerify_BoundsTheNumberOfCertificates(int intermediates, FailureReason expected)
    {
        ReadOnlyMemory<byte>[] sent = [.. Enumerable.Repeat(s_root.Der, intermediates)];

        Bundle(s_root.Certificate).Judge(s_root.IssueClient(s_alice).Der, sent).Should().Be(expected);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void TryVerify_FindsTheRightOneBehindFortyTwins(bool withKeyIdentifiers)
    {
        TestCertificateAuthorityOptions options = new() { SubjectKeyIdentifier = withKeyIdentifiers };
        TestCertificateAuthority right = s_root.IssueIntermediate(s_subName, options);
        TestCertificateAuthority twin = s_root.IssueIntermediate(s_subName, options);
        ReadOnlyMemory<byte>[] junk = [.. Enumerable.Range(0, 40).Select(_ => (twin = twin.Rotate()).Der)];

        Bundle(s_root.Certificate).Judge(right.IssueClient(s_alice).Der, [.. junk, right.Der]).Should().Be(FailureReason.None);
    }

    // Eight keys of one name, each certified by all the others: many signatures are good, and none of the many paths ends.
    // A way in from the bundle makes them worth checking; without one, nothing is.
    [Theory]
    [InlineData(false, FailureReason.UntrustedIssuer)]
    [InlineData(true, FailureReason.PathSearchExhausted)]
    public void TryVerify_GivesUpAMazeOfGoodSignatures(bool hasAWayIn, FailureReason expected)
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
        ReadOnlyMemory<byte>[] sent = hasAWayIn ? [.. maze, s_root.CrossSign(names[0]).Der] : maze;

        Bundle(s_root.Certificate).Judge(leaf.Der, sent).Should().Be(expected);
    }

    [Fact]
    public void TryVerify_GivesUpAmongManyAnchorsOfOneName()
    {
        TestCertificateAuthority ca = TestCertificateAuthority.Create(s_subName);
        TestCertificate[] twins = [.. Enumerable.Range(0, SignatureChecks.MaxChecks).Select(_ => (ca = ca.Rotate()).Certificate)];
        TestCertificate leaf = ca.Rotate().Issue(new() { Subject = s_alice, Version = TestCertificateVersion.V1 });

        Bundle(twins).Judge(leaf).Should().Be(FailureReason.BadSignature);
        Bundle([.. twins, ca.Rotate().Certificate]).Judge(leaf).Should().Be(FailureReason.PathSearchExhausted);
    }

    [Fact]
    public void TryVerify_FindsTheRightAnchorByItsKeyIdentifierAmongMany()
    {
        TestCertificateAuthority ca = TestCertificateAuthority.Create(s_subName);
        TestCertificate[] twins = [.. Enumerable.Range(0, 300).Select(_ => (ca = ca.Rotate()).Certificate)];

        Bundle(twins).Judge(ca.IssueClient(s_alice)).Should().Be(FailureReason.None);
    }
}
