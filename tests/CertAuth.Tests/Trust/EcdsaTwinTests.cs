using System.Formats.Asn1;
using System.Numerics;
using CertAuth.Certificates;
using CertAuth.Forwarding;
using CertAuth.Trust;
using static CertAuth.Tests.Support.TrustExtensions;

namespace CertAuth.Tests.Trust;

/// <summary>Anyone can turn a certificate that is signed with ECDSA into its twin: the signature (r, s) becomes (r, n − s), which also
/// verifies.</summary>
/// <remarks>Therefore a SHA-256 identifies the bytes that were presented, and a list of SHA-256 values can allow certificates, but cannot
/// block them.</remarks>
public sealed class EcdsaTwinTests
{
    private static readonly TestCertificateAuthority s_root =
        TestCertificateAuthority.Create(TestName.Of(("CN", "root")), new() { TimeProvider = new FixedClock(TestClock.Now) });

    private readonly TestCertificate _leaf = s_root.IssueClient(TestName.Of(("CN", "alice")));

    [Fact]
    public void TryVerify_AcceptsTheTwin_WithAnotherSha256()
    {
        TrustBundle bundle = Bundle(Options(), s_root.Certificate);

        VerifiedCertificate original = Accept(bundle, _leaf.Der), twin = Accept(bundle, CreateTwin(_leaf.Der));

        twin.Sha256.ToArray().Should().NotEqual(original.Sha256.ToArray());
        twin.SubjectDer.ToArray().Should().Equal(original.SubjectDer.ToArray());
        twin.Certificate!.SerialNumber.ToArray().Should().Equal(original.Certificate!.SerialNumber.ToArray());
        CreateTwin(CreateTwin(_leaf.Der)).Should().Equal(_leaf.Der.ToArray());
    }

    // A revocation list identifies a certificate by its serial number, which the twin shares.
    [Fact]
    public void TryVerify_RejectsTheTwin_WhenTheCertificateIsRevoked()
    {
        byte[] list = new CraftedRevocationList { Entries = [CraftedRevocationList.Entry(_leaf)] }.Sign(s_root);

        Bundle(Options(list), s_root.Certificate).VerifyChain(CreateTwin(_leaf.Der), []).Should().Be(RejectionReason.CertificateRevoked);
    }

    // A pinned certificate and a list of SHA-256 values do not include the twin.
    [Fact]
    public void Sha256_DoesNotAllowTheTwin_WhenTheCertificateIsPinned()
    {
        TrustBundle trust = Bundle(Options(), s_root.Certificate);
        VerifiedCertificate original = Accept(trust, _leaf.Der), twin = Accept(trust, CreateTwin(_leaf.Der));
        ProxySigners signers = new() { Trust = Source.Fixed(trust), Sha256 = [original.Sha256] };

        Bundle(Options(), _leaf).VerifyChain(_leaf.Der, []).Should().Be(RejectionReason.None);
        Bundle(Options(), _leaf).VerifyChain(CreateTwin(_leaf.Der), []).Should().Be(RejectionReason.UntrustedIssuer);
        signers.Includes(original).Should().BeTrue();
        signers.Includes(twin).Should().BeFalse();
    }

    private static TrustBundleOptions Options(params byte[][] lists) => new()
    {
        TimeProvider = new FixedClock(TestClock.Now),
        RevocationLists = [.. lists.Select(list => (ReadOnlyMemory<byte>)list)],
    };

    private static VerifiedCertificate Accept(TrustBundle bundle, ReadOnlyMemory<byte> leaf)
    {
        bundle.TryVerify(leaf.Span, [], out VerifiedCertificate? verified, out Rejection? rejection);
        rejection.Should().BeNull();
        return verified!;
    }

    // Certificate ::= SEQUENCE { tbsCertificate, signatureAlgorithm, BIT STRING { SEQUENCE { r, s } } }, signed with a key on P-256.
    private static byte[] CreateTwin(ReadOnlyMemory<byte> der)
    {
        AsnReader certificate = new AsnReader(der, AsnEncodingRules.DER).ReadSequence();
        byte[] tbs = certificate.ReadEncodedValue().ToArray(), algorithm = certificate.ReadEncodedValue().ToArray();
        AsnReader signature = new AsnReader(certificate.ReadBitString(out _), AsnEncodingRules.DER).ReadSequence();
        byte[] r = signature.ReadEncodedValue().ToArray();
        BigInteger order = new(P256Order, isUnsigned: true, isBigEndian: true);

        byte[] s = (order - signature.ReadInteger()).ToByteArray(isBigEndian: true);
        return DerBytes.Sequence(tbs, algorithm, DerBytes.Tlv(3, [0, .. DerBytes.Sequence(r, DerBytes.Tlv(2, s))]));
    }

    // NIST SP 800-186, 3.2.1.3.
    private static byte[] P256Order => Convert.FromHexString("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551");
}
