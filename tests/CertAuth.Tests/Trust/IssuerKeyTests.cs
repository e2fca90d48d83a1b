using System.Security.Cryptography;
using CertAuth.Trust;
using static CertAuth.Tests.Support.DerBytes;

namespace CertAuth.Tests.Trust;

/// <summary>If the key of a CA is not accepted, the reason for the rejection is the key, and not the signature, which cannot be verified
/// with it.</summary>
public sealed class IssuerKeyTests
{
    private const string Secp256k1 = "1.3.132.0.10", P192 = "1.2.840.10045.3.1.1", P224 = "1.3.132.0.33";
    private const string Brainpool = "1.3.36.3.3.2.8.1.1.7";

    private static readonly byte[] s_caName = TestName.Of(("CN", "ca")).Encode();
    private static readonly byte[] s_ecdsa = Sequence(Oid("1.2.840.10045.4.3.2"));
    private static readonly byte[] s_isCa = CraftedCertificate.Extension("2.5.29.19", Sequence(Tlv(1, [0xFF])));
    private static readonly TestCertificateAuthority s_root = TestCertificateAuthority.Create(TestName.Of(("CN", "root")));
    private static readonly TestCertificateAuthority s_good = TestCertificateAuthority.Create(TestName.FromDer(s_caName));

    // Regression: the reason was CertificateBadSignature, as if the client's certificate were forged.
    [Theory]
    [InlineData(Secp256k1, 32)]
    [InlineData(P192, 24)]
    [InlineData(P224, 28)]
    [InlineData(Brainpool, 32)]
    public void TryVerify_ReportsTheWeakKey_WhenTheAnchorsCurveIsNotAccepted(string curve, int bytes)
    {
        Rejection rejection = Reject(TrustBundle.Parse(Ca(EcKey(curve, bytes))), Leaf(s_ecdsa));

        rejection.Reason.Should().Be(RejectionReason.CertificateWeakKey);
        rejection.Presented.Should().Contain("EC (other curve)").And.Contain("/CN=ca");
    }

    [Fact]
    public void TryVerify_ReportsTheWeakKey_WhenTheIntermediatesCurveIsNotAccepted()
    {
        byte[] intermediate = SignedByRoot(EcKey(Secp256k1, 32));

        Reject(TrustBundle.Parse(s_root.Der.Span), Leaf(s_ecdsa), intermediate).Reason.Should().Be(RejectionReason.CertificateWeakKey);
    }

    [Fact]
    public void TryVerify_ReportsTheWeakKey_WhenTheExponentIsNotAccepted()
    {
        byte[] rsaKey = Sequence(Tlv(2, [0, 0x80, .. new byte[254], 1]), Tlv(2, [2]));
        byte[] key = Sequence(Sequence(Oid("1.2.840.113549.1.1.1"), Tlv(5)), Tlv(3, [0, .. rsaKey]));

        Reject(TrustBundle.Parse(Ca(key)), Leaf(CraftedCertificate.RsaSha256)).Reason.Should().Be(RejectionReason.CertificateWeakKey);
    }

    // The key is an EC key and the signature is an RSA signature, so another key made the signature.
    [Fact]
    public void TryVerify_ReportsTheSignature_WhenItIsOfAnotherKindThanTheKey() =>
        Reject(TrustBundle.Parse(Ca(EcKey(Secp256k1, 32))), Leaf(CraftedCertificate.RsaSha256)).Reason
            .Should().Be(RejectionReason.CertificateBadSignature);

    // If a CA with an accepted key signed the leaf, its rejection is reported, and not that of another CA with the same name.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void TryVerify_ReportsTheReasonOfThePath_WhenATwinsKeyIsNotAccepted(bool isWeakFirst)
    {
        byte[] weak = Ca(EcKey(Secp256k1, 32));
        DateTimeOffset past = TimeProvider.System.GetUtcNow().AddDays(-2);
        TestCertificateAuthority expired = TestCertificateAuthority.Create(
            TestName.FromDer(s_caName), new() { NotBefore = past, NotAfter = past.AddDays(1) });
        TrustBundle bundle = Load(isWeakFirst ? [weak, expired.Der, s_good.Der] : [s_good.Der, expired.Der, weak]);

        Reject(bundle, expired.IssueClient(TestName.Of(("CN", "alice"))).Der).Reason.Should().Be(RejectionReason.CertificateExpired);
        bundle.TryVerify(s_good.IssueClient(TestName.Of(("CN", "alice"))).Der.Span, [], out _, out Rejection? none).Should().BeTrue();
        none.Should().BeNull();
        Reject(bundle, Leaf(s_ecdsa)).Reason.Should().Be(RejectionReason.CertificateWeakKey);
    }

    private static Rejection Reject(TrustBundle bundle, ReadOnlyMemory<byte> leaf, params ReadOnlySpan<ReadOnlyMemory<byte>> sent)
    {
        bundle.TryVerify(leaf.Span, sent, out _, out Rejection? rejection).Should().BeFalse();
        return rejection!;
    }

    private static TrustBundle Load(ReadOnlyMemory<byte>[] certificates) => TrustBundle.Parse(System.Text.Encoding.ASCII.GetBytes(
        string.Concat(certificates.Select(c => PemEncoding.WriteString("CERTIFICATE", c.Span) + "\n"))));

    private static byte[] EcKey(string curve, int bytes) =>
        Sequence(Sequence(Oid("1.2.840.10045.2.1"), Oid(curve)), Tlv(3, [0, 4, .. Enumerable.Repeat((byte)1, 2 * bytes)]));

    private static byte[] Ca(byte[] key) =>
        new CraftedCertificate { Issuer = s_caName, Subject = s_caName, PublicKey = key, Extensions = [s_isCa] }.Encode();

    private static byte[] Leaf(byte[] algorithm) => new CraftedCertificate
    {
        Issuer = s_caName,
        SignedAlgorithm = algorithm,
        Algorithm = algorithm,
        Signature = Tlv(3, [0, .. Sequence(Tlv(2, [1]), Tlv(2, [1]))]),
    }.Encode();

    private static byte[] SignedByRoot(byte[] key)
    {
        CraftedCertificate certificate = new()
        {
            Issuer = s_root.SubjectDer.ToArray(),
            Subject = s_caName,
            PublicKey = key,
            SignedAlgorithm = s_ecdsa,
            Algorithm = s_ecdsa,
            Extensions = [s_isCa],
        };
        using ECDsa signer = ECDsa.Create();
        signer.ImportFromPem(s_root.Key.PrivateKeyPem);
        byte[] signature = signer.SignData(certificate.Tbs, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        return (certificate with { Signature = Tlv(3, [0, .. signature]) }).Encode();
    }
}
