using System.Text;
using CertAuth.Certificates;
using CertAuth.Requirements;
using CertAuth.Trust;

namespace CertAuth.Tests.Requirements;

/// <summary>ISSUER_KEY, CERTIFICATE and PUBLIC_KEY with certificates that a trust bundle verified.</summary>
public sealed class PinTests
{
    private static readonly TestName s_caName = TestName.Of(("CN", "CA"));
    private static readonly TestCertificateAuthority s_ca1 = TestCertificateAuthority.Create(s_caName);
    private static readonly TestCertificateAuthority s_ca2 = TestCertificateAuthority.Create(s_caName);
    private static readonly TestCertificate s_leaf = s_ca1.IssueClient(TestName.Of(("CN", "a")));

    // ik-1: both CAs are trusted and have one name; only the key tells them apart.
    [Fact]
    public void IssuerKey_DistinguishesCasOfTheSameName()
    {
        TlsConnectionInfo connection = Connect(s_leaf, s_ca1, s_ca2);
        LoginRequirement stolen = Pin("ISSUER_KEY", KeyOf(s_ca2.Der));

        LoginRequirement.Parse("ISSUER '/CN=CA'").Evaluate(connection).Should().Be(RejectionReason.None);
        Pin("ISSUER_KEY", KeyOf(s_ca1.Der)).Evaluate(connection).Should().Be(RejectionReason.None);
        stolen.Evaluate(connection).Should().Be(RejectionReason.IssuerKeyMismatch);
        LoginRequirement.Parse($"ISSUER_KEY '{KeyOf(s_ca2.Der)},{KeyOf(s_ca1.Der)}'").Evaluate(connection)
            .Should().Be(RejectionReason.None);
        stolen.Explain(connection)[2].Should().Match<RequirementCheck>(
            check => check.Required == KeyOf(s_ca2.Der).ToString() && check.Presented == KeyOf(s_ca1.Der).ToString());
    }

    [Fact]
    public void IssuerKey_IsThatOfTheDirectIssuer()
    {
        TestCertificateAuthority intermediate = s_ca1.IssueIntermediate(TestName.Of(("CN", "I")));
        TestCertificate leaf = intermediate.IssueClient(TestName.Of(("CN", "a")));
        TlsConnectionInfo connection = Connect(leaf, s_ca1);

        Pin("ISSUER_KEY", KeyOf(intermediate.Der)).Evaluate(connection).Should().Be(RejectionReason.None);
        Pin("ISSUER_KEY", KeyOf(s_ca1.Der)).Evaluate(connection).Should().Be(RejectionReason.IssuerKeyMismatch);
    }

    // A certificate of the bundle has no issuer, although another certificate signed it.
    [Fact]
    public void IssuerKey_IsNotMet_ByACertificateOfTheBundle()
    {
        TrustBundle bundle = TrustBundle.Parse(Encoding.ASCII.GetBytes(s_leaf.Pem));
        TlsConnectionInfo connection = Connect(s_leaf, bundle);

        RequirementCheck check = Pin("ISSUER_KEY", KeyOf(s_ca1.Der)).Explain(connection)[2];

        (check.Reason, check.Presented).Should().Be((RejectionReason.IssuerKeyMismatch, null));
        check.Difference.Should().Be("the certificate is in the trust bundle, so no issuer verified it");
        Pin("CERTIFICATE", DigestOf(s_leaf.Der)).Evaluate(connection).Should().Be(RejectionReason.None);
    }

    // The issuer key is that of the path in the current bundle.
    [Fact]
    public void IssuerKey_FollowsTheBundle_WhenACertificateIsVerifiedAgain()
    {
        TrustBundle pinned = CreateBundle(s_leaf.Pem, s_ca1.Pem), trusted = CreateBundle(s_ca2.Pem, s_ca1.Pem);
        VerifiedCertificate withoutIssuer = Verify(s_leaf, pinned), issued = Verify(s_leaf, trusted);
        LoginRequirement requirement = Pin("ISSUER_KEY", KeyOf(s_ca1.Der));

        EvaluateAgain(trusted, withoutIssuer).Should().Be(RejectionReason.None);
        EvaluateAgain(pinned, issued).Should().Be(RejectionReason.IssuerKeyMismatch);
        EvaluateAgain(pinned, withoutIssuer).Should().Be(RejectionReason.IssuerKeyMismatch);
        Verify(s_leaf, trusted).Should().BeSameAs(issued, "the outcome is cached with the digest");

        RejectionReason EvaluateAgain(TrustBundle bundle, VerifiedCertificate known)
        {
            bundle.TryReverify(known, out VerifiedCertificate? current, out _).Should().BeTrue();
            return requirement.Evaluate(Clients.TlsWith(current));
        }
    }

    [Fact]
    public void PublicKey_SurvivesARenewal_AndCertificateDoesNot()
    {
        TestCertificate renewed = s_ca1.Issue(new() { Subject = TestName.Of(("CN", "a")), Key = s_leaf.Key });
        TlsConnectionInfo connection = Connect(renewed, s_ca1);

        Pin("PUBLIC_KEY", KeyOf(s_leaf.Der)).Evaluate(connection).Should().Be(RejectionReason.None);
        Pin("CERTIFICATE", DigestOf(renewed.Der)).Evaluate(connection).Should().Be(RejectionReason.None);
        Pin("CERTIFICATE", DigestOf(s_leaf.Der)).Evaluate(connection).Should().Be(RejectionReason.CertificateMismatch);
        Pin("PUBLIC_KEY", KeyOf(s_ca1.Der)).Evaluate(connection).Should().Be(RejectionReason.PublicKeyMismatch);
    }

    [Theory]
    [InlineData("PUBLIC_KEY", "certificate", "the required digest is that of the client certificate; use CERTIFICATE")]
    [InlineData("ISSUER_KEY", "certificate", "the required digest is that of the client certificate; use CERTIFICATE")]
    [InlineData("CERTIFICATE", "key", "the required digest is that of the client certificate's public key; use PUBLIC_KEY")]
    [InlineData("ISSUER_KEY", "key", "the required digest is that of the client certificate's public key; use PUBLIC_KEY")]
    [InlineData("PUBLIC_KEY", "issuer key", "the required digest is that of the issuer's public key; use ISSUER_KEY")]
    [InlineData(
        "ISSUER_KEY", "issuer",
        "the required digest is that of the issuer's certificate; use ISSUER_KEY with the digest of its public key")]
    [InlineData("CERTIFICATE", "nothing", null)]
    public void Explain_NamesTheOptionThatTheDigestFits(string option, string thing, string? expected)
    {
        Sha256Digest digest = thing switch
        {
            "certificate" => DigestOf(s_leaf.Der),
            "key" => KeyOf(s_leaf.Der),
            "issuer key" => KeyOf(s_ca1.Der),
            "issuer" => DigestOf(s_ca1.Der),
            _ => default,
        };

        RequirementCheck check = Pin(option, digest).Explain(Connect(s_leaf, s_ca1))[2];

        (check.IsMet, check.Difference).Should().Be((false, expected));
    }

    [Fact]
    public void Explain_ListsTheDigestsInFull()
    {
        string digests = string.Join(',', Enumerable.Range(0, 16).Select(i => $"sha256:{i:x64}"));

        RequirementCheck check = LoginRequirement.Parse($"CERTIFICATE '{digests}'").Explain(Connect(s_leaf, s_ca1))[2];

        check.Required.Should().Be(digests);
        check.ToString().Should().Contain(digests);
    }

    // A proxy forwards the digest of the certificate and no key.
    [Fact]
    public void ForwardedCertificate_MeetsOnlyCertificate()
    {
        byte[] name = TestName.Of(("CN", "a")).Encode();
        VerifiedCertificate forwarded = new(ParsedCertificate.Parse(s_leaf.Der.Span).Sha256.ToArray(), name, name, null);
        TlsConnectionInfo connection = Clients.TlsWith(forwarded);

        Pin("CERTIFICATE", DigestOf(s_leaf.Der)).Evaluate(connection).Should().Be(RejectionReason.None);
        foreach ((string option, RejectionReason reason) in new[]
        {
            ("ISSUER_KEY", RejectionReason.IssuerKeyMismatch), ("PUBLIC_KEY", RejectionReason.PublicKeyMismatch),
        })
        {
            RequirementCheck check = Pin(option, KeyOf(s_leaf.Der)).Explain(connection)[2];
            (check.Reason, check.Presented).Should().Be((reason, null));
            check.Difference.Should().Be("version 1 of the cert-info token does not contain the key");
        }
    }

    private static LoginRequirement Pin(string option, Sha256Digest digest) => LoginRequirement.Parse($"{option} '{digest}'");

    private static Sha256Digest DigestOf(ReadOnlyMemory<byte> der) => new(ParsedCertificate.Parse(der.Span).Sha256.Span);

    private static Sha256Digest KeyOf(ReadOnlyMemory<byte> der) => new(ParsedCertificate.Parse(der.Span).PublicKeySha256.Span);

    private static TlsConnectionInfo Connect(TestCertificate leaf, params TestCertificateAuthority[] anchors) =>
        Connect(leaf, CreateBundle([.. anchors.Select(anchor => anchor.Pem)]));

    private static TlsConnectionInfo Connect(TestCertificate leaf, TrustBundle bundle) => Clients.TlsWith(Verify(leaf, bundle));

    private static TrustBundle CreateBundle(params string[] pems) => TrustBundle.Parse(Encoding.ASCII.GetBytes(string.Concat(pems)));

    private static VerifiedCertificate Verify(TestCertificate leaf, TrustBundle bundle)
    {
        bundle.TryVerify(leaf.Der.Span, [.. leaf.Chain], out VerifiedCertificate? verified, out Rejection? rejection)
            .Should().BeTrue(rejection?.ToString());
        return verified!;
    }
}
