using CertAuth.Certificates;
using CertAuth.Trust;
using static CertAuth.Tests.Support.TrustExtensions;

namespace CertAuth.Tests.Trust;

/// <summary>Two CAs have the same subject, and the key identifiers of a certificate do not show which of them issued it. Over TLS 1.3, a
/// client with such a certificate cannot connect if OpenSSL sends the other CA: the handshake fails before any code of this library runs.
/// The operator is warned once, not in each login.</summary>
public sealed class AmbiguousIssuerTests
{
    private static readonly TestName s_caName = TestName.Of(("CN", "ca"));
    private static readonly TestCertificateAuthority s_old = TestCertificateAuthority.Create(s_caName);
    private static readonly TestCertificateAuthority s_new = s_old.Rotate();

    [Theory]
    [InlineData(TestCertificateVersion.V1, false, true)]
    [InlineData(TestCertificateVersion.V3, false, true)]
    [InlineData(TestCertificateVersion.V3, true, false)]
    public void TryVerify_ReportsWhetherTheIssuerIsAmbiguous(TestCertificateVersion version, bool authorityKeyIdentifier, bool isAmbiguous)
    {
        TrustBundle bundle = Bundle(s_old.Certificate, s_new.Certificate);

        foreach (TestCertificateAuthority ca in (TestCertificateAuthority[])[s_old, s_new])
            Verify(bundle, Leaf(ca, version, authorityKeyIdentifier)).HasAmbiguousIssuer.Should().Be(isAmbiguous);
    }

    [Fact]
    public void TryVerify_FindsNoAmbiguity_WhenOnlyOneCaHasTheName()
    {
        TestCertificateAuthority other = TestCertificateAuthority.Create(TestName.Of(("CN", "other")));
        TrustBundle single = Bundle(s_old.Certificate);
        TrustBundle several = Bundle(s_old.Certificate, other.Certificate, other.Rotate().Certificate);

        Verify(single, Leaf(s_old)).HasAmbiguousIssuer.Should().BeFalse();
        Verify(several, Leaf(s_old)).HasAmbiguousIssuer.Should().BeFalse();
    }

    // Both CA certificates have the same key, so the client's certificate verifies with either of them.
    [Fact]
    public void TryVerify_FindsNoAmbiguity_WhenARenewedCaHasTheSameKey()
    {
        TestCertificateAuthority renewed = TestCertificateAuthority.Create(s_caName, new() { Key = s_old.Key, RandomSerialNumbers = true });

        Verify(Bundle(s_old.Certificate, renewed.Certificate), Leaf(s_old)).HasAmbiguousIssuer.Should().BeFalse();
    }

    // If a CA has no subject key identifier, the authority key identifier of the leaf does not exclude it.
    [Fact]
    public void TryVerify_FindsAmbiguity_WhenACaHasNoSubjectKeyIdentifier()
    {
        TestCertificateAuthority old = TestCertificateAuthority.Create(s_caName, new() { SubjectKeyIdentifier = false });

        TestCertificate leaf = Leaf(s_new, TestCertificateVersion.V3, hasIdentifier: true);

        Verify(Bundle(old.Certificate, s_new.Certificate), leaf).HasAmbiguousIssuer.Should().BeTrue();
    }

    // In a chain, the certificate directly below the root determines the result.
    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void TryVerify_ChecksTheTopmostIntermediate(bool authorityKeyIdentifier, bool isAmbiguous)
    {
        TestCertificateAuthorityOptions options = new() { AuthorityKeyIdentifier = authorityKeyIdentifier };
        TestCertificateAuthority root = TestCertificateAuthority.Create(s_caName, options);
        TestCertificate leaf = Leaf(root.IssueIntermediate(TestName.Of(("CN", "users"))));

        Verify(Bundle(root.Certificate, s_new.Certificate), leaf).HasAmbiguousIssuer.Should().Be(isAmbiguous);
    }

    [Fact]
    public void GetWarnings_NamesTheIssuerOnce_WhenThereAreManyLogins()
    {
        TrustBundle bundle = Bundle(s_old.Certificate, s_new.Certificate);
        bundle.GetWarnings().Should().OnlyContain(warning => warning.Kind == TrustWarningKind.SameSubject);

        for (int i = 0; i < 100; i++)
            Verify(bundle, Leaf(s_old));

        bundle.GetWarnings().Where(warning => warning.Kind == TrustWarningKind.AmbiguousIssuer)
            .Should().ContainSingle().Which.Anchor.Certificate.Der.Span.SequenceEqual(s_old.Der.Span).Should().BeTrue();
    }

    [Fact]
    public void GetWarnings_IgnoresARejectedCertificate()
    {
        TrustBundle bundle = Bundle(s_old.Certificate, s_new.Certificate);

        bundle.VerifyChain(Leaf(s_old.Rotate())).Should().Be(RejectionReason.CertificateBadSignature);

        bundle.GetWarnings().Should().NotContain(warning => warning.Kind == TrustWarningKind.AmbiguousIssuer);
    }

    private static TestCertificate Leaf(
        TestCertificateAuthority ca, TestCertificateVersion version = TestCertificateVersion.V1, bool hasIdentifier = false) =>
        ca.Issue(new() { Subject = TestName.Of(("CN", "alice")), Version = version, AuthorityKeyIdentifier = hasIdentifier });

    private static VerifiedCertificate Verify(TrustBundle bundle, TestCertificate leaf)
    {
        bundle.TryVerify(leaf.Der.Span, [.. leaf.Chain], out VerifiedCertificate? verified, out Rejection? rejection);
        rejection.Should().BeNull();
        return verified!;
    }
}
