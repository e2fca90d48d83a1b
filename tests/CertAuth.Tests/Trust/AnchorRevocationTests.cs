using System.Security.Cryptography.X509Certificates;
using CertAuth.Trust;
using static CertAuth.Tests.Support.TrustExtensions;

namespace CertAuth.Tests.Trust;

/// <summary>The revocation lists of a bundle revoke its certificates that the list's issuer signed, except the issuer itself.</summary>
/// <remarks>Serial numbers are often repeated: scripts sign with <c>-set_serial 01</c>, and many CAs count from 1.</remarks>
public sealed class AnchorRevocationTests
{
    private const int Shared = 77;

    private static readonly DateTimeOffset s_now = TestClock.Now;
    private static readonly TestName s_caName = TestName.Of(("CN", "ca"));
    private static readonly TestName s_alice = TestName.Of(("CN", "alice"));
    private static readonly TestCertificateAuthority s_old =
        TestCertificateAuthority.Create(s_caName, new() { TimeProvider = new FixedClock(s_now) });

    private static readonly TestCertificateAuthority s_new = s_old.Rotate();

    // Regression: a client of the old CA was revoked. The new CA has the same serial number and was rejected.
    [Fact]
    public void TryParse_KeepsTheNewCa_WhenTheOldCasListRevokesItsSerialNumber()
    {
        TestCertificate newCa = Certify(s_new, s_new);

        TrustBundle bundle = Load([s_old.Certificate, newCa], Revoking(s_old), Revoking(s_new, serial: 1000));

        bundle.RevokedAnchors.Should().BeEmpty();
        bundle.VerifyChain(s_new.IssueClient(s_alice)).Should().Be(RejectionReason.None);
        bundle.VerifyChain(s_old.Issue(Client)).Should().Be(RejectionReason.CertificateRevoked);
        bundle.VerifyChain(s_new.Issue(Client)).Should().Be(RejectionReason.None);
    }

    // Regression: a CA and its client had the same serial number, and revoking the client removed the CA.
    [Fact]
    public void TryParse_KeepsASelfSignedCa_WhenItsOwnListRevokesItsSerialNumber()
    {
        TrustBundle bundle = Load([Certify(s_old, s_old)], Revoking(s_old));

        bundle.RevokedAnchors.Should().BeEmpty();
        bundle.GetWarnings().Select(w => w.Kind).Should().NotContain(TrustWarningKind.Revoked);
        bundle.VerifyChain(s_old.Issue(Client)).Should().Be(RejectionReason.CertificateRevoked);
        bundle.VerifyChain(s_old.IssueClient(s_alice)).Should().Be(RejectionReason.None);
    }

    // Both certificates have the same key, so both are self-signed.
    [Fact]
    public void TryParse_KeepsBothCertificatesOfARenewedCa()
    {
        TrustBundle bundle = Load([s_old.Certificate, Certify(s_old, s_old)], Revoking(s_old));

        bundle.RevokedAnchors.Should().BeEmpty();
    }

    // RFC 4210, 4.4: the old key certified by the new one is self-issued, but not self-signed.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void TryParse_RevokesARolloverCertificate_OnlyByTheListOfTheKeyThatSignedIt(bool isListOfNewKey)
    {
        TestCertificate oldSelfSigned = Certify(s_old, s_old), oldByNew = Certify(s_new, s_old), newByOld = Certify(s_old, s_new);
        TestCertificateAuthority issuer = isListOfNewKey ? s_new : s_old;

        TrustBundle bundle = Load([oldSelfSigned, oldByNew, newByOld, s_new.Certificate], Revoking(issuer));

        GetSha256(bundle.RevokedAnchors).Should().Equal(GetSha256(Bundle(isListOfNewKey ? oldByNew : newByOld).Anchors));
    }

    [Fact]
    public void TryParse_RevokesACrossCertificate_AndKeepsTheSelfSignedOneOfTheSameSerialNumber()
    {
        TestCertificateAuthority partner = TestCertificateAuthority.Create(
            TestName.Of(("CN", "partner")), new() { TimeProvider = new FixedClock(s_now) });
        TestCertificate own = Certify(s_old, s_old), cross = Certify(partner, s_old);

        TrustBundle bundle = Load([own, cross, partner.Certificate], Revoking(partner), Revoking(s_old, serial: 1000));

        GetSha256(bundle.RevokedAnchors).Should().Equal(GetSha256(Bundle(cross).Anchors));
        bundle.VerifyChain(s_old.IssueClient(s_alice)).Should().Be(RejectionReason.None);
    }

    [Fact]
    public void TryParse_RevokesAnIntermediateAndAPinnedLeaf_WhenTheKeyOfTheListSignedThem()
    {
        TestCertificateAuthority sub = s_old.IssueIntermediate(TestName.Of(("CN", "sub")));
        TestCertificate intermediate = Certify(s_old, sub, TestName.Of(("CN", "sub"))), pinned = s_old.Issue(Client);

        TrustBundle bundle = Load([s_old.Certificate, intermediate, pinned], Revoking(s_old));

        GetSha256(bundle.RevokedAnchors).Should().Equal(GetSha256(Bundle(intermediate, pinned).Anchors));
        bundle.VerifyChain(sub.IssueClient(s_alice).Der, []).Should().NotBe(RejectionReason.None);
        bundle.VerifyChain(pinned).Should().Be(RejectionReason.CertificateRevoked);
    }

    // An intermediate below the new CA has a serial number that the list of the old CA revokes.
    [Fact]
    public void TryParse_KeepsAnIntermediateOfTheNewCa_WhenTheOldCasListRevokesItsSerialNumber()
    {
        TestCertificateAuthority sub = s_new.IssueIntermediate(TestName.Of(("CN", "sub")));
        TestCertificate intermediate = Certify(s_new, sub, TestName.Of(("CN", "sub")));

        TrustBundle bundle = Load([s_old.Certificate, intermediate], Revoking(s_old), new CraftedRevocationList().Sign(sub));

        bundle.RevokedAnchors.Should().BeEmpty();
        bundle.VerifyChain(sub.IssueClient(s_alice).Der, []).Should().Be(RejectionReason.None);
    }

    // SHA-224 is not supported, so the signer is unknown. Then the list applies, unless the certificate may be self-signed.
    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 0)]
    public void TryParse_AppliesTheList_WhenTheSignatureCannotBeVerified(bool isSelfIssued, int revoked)
    {
        byte[] sha224 = DerBytes.Sequence(DerBytes.Oid("1.2.840.10045.4.3.1"));
        byte[] caName = s_caName.Encode();
        byte[] der = new CraftedCertificate
        {
            Serial = DerBytes.Tlv(2, [Shared]),
            Issuer = caName,
            Subject = isSelfIssued ? caName : TestName.Of(("CN", "sub")).Encode(),
            SignedAlgorithm = sha224,
            Algorithm = sha224,
        }.Encode();

        TrustBundle bundle = TrustBundle.Parse(
            [.. "-----BEGIN CERTIFICATE-----\n"u8, .. Base64(der), .. "\n-----END CERTIFICATE-----\n"u8, .. Ascii(s_old.Pem)],
            Options(Revoking(s_old)));

        bundle.RevokedAnchors.Should().HaveCount(revoked);
    }

    private static TestCertificateRequest Client => new() { Subject = s_alice, SerialNumber = Shared };

    private static TestCertificate Certify(TestCertificateAuthority issuer, TestCertificateAuthority subject, TestName? name = null) =>
        issuer.Issue(new()
        {
            Subject = name ?? s_caName,
            Key = subject.Key,
            SerialNumber = Shared,
            IsCa = true,
            KeyUsage = X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign,
            ExtendedKeyUsages = [],
            NotAfter = s_now.AddYears(1),
        });

    private static byte[] Revoking(TestCertificateAuthority ca, int serial = Shared) =>
        new CraftedRevocationList
        {
            Entries = [CraftedRevocationList.Entry(new System.Numerics.BigInteger(serial).ToByteArray(isBigEndian: true))],
        }.Sign(ca);

    private static TrustBundleOptions Options(params byte[][] lists) => new()
    {
        TimeProvider = new FixedClock(s_now),
        RevocationLists = [.. lists.Select(list => (ReadOnlyMemory<byte>)list)],
    };

    private static TrustBundle Load(TestCertificate[] anchors, params byte[][] lists) => Bundle(Options(lists), anchors);

    private static IEnumerable<string> GetSha256(IEnumerable<TrustAnchor> anchors) =>
        anchors.Select(a => Convert.ToHexString(a.Certificate.Sha256.Span));

    private static byte[] Base64(byte[] der) => Ascii(Convert.ToBase64String(der));

    private static byte[] Ascii(string text) => System.Text.Encoding.ASCII.GetBytes(text);
}
