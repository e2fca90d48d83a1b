using CertAuth.Trust;

namespace CertAuth.Tests.Trust;

/// <summary>The effect of revocation lists that <c>openssl ca -gencrl</c> writes, and of those in the test vectors.</summary>
public sealed class RevocationOpenSslTests
{
    private const string Configuration = """
        [ca]
        default_ca=own
        [own]
        database=index.txt
        crlnumber=number.txt
        default_md=sha256
        default_crl_days=30
        """;

    [Theory]
    [InlineData("")]
    [InlineData("keyCompromise")]
    [InlineData("certificateHold")]
    public void TryVerify_UsesAList_WhenOpenSslWroteIt(string reason)
    {
        using OpenSsl openSsl = new();
        TestCertificateAuthority ca = TestCertificateAuthority.Create(TestName.Of(("C", "US"), ("CN", "ca")));
        TestCertificate revoked = ca.Issue(new() { Subject = TestName.Of(("CN", "revoked")), SerialNumber = 0x1234 });
        TestCertificate good = ca.Issue(new() { Subject = TestName.Of(("CN", "good")), SerialNumber = 0x1235 });
        openSsl.File("index.txt", "");
        openSsl.File("number.txt", "1000\n");
        string[] common = ["ca", "-config", openSsl.File("ca.cnf", Configuration), "-cert", openSsl.File("ca.pem", ca.Pem),
            "-keyfile", openSsl.File("ca.key", ca.Key.PrivateKeyPem)];
        string[] why = reason.Length > 0 ? ["-crl_reason", reason] : [];
        openSsl.Do([.. common, "-revoke", openSsl.File("revoked.pem", revoked.Pem), .. why]);
        openSsl.Do([.. common, "-gencrl", "-out", "ca.crl"]);

        TrustBundle bundle = TrustBundle.Parse(ca.Der.Span, new() { RevocationLists = [openSsl.ReadFile("ca.crl")] });

        bundle.VerifyChain(revoked).Should().Be(RejectionReason.CertificateRevoked);
        bundle.VerifyChain(good).Should().Be(RejectionReason.None);
    }

    [Theory]
    [InlineData("revoked", "ca1.crl", RejectionReason.CertificateRevoked)]
    [InlineData("seed", "ca1.crl", RejectionReason.None)]
    [InlineData("revoked", "empty.crl", RejectionReason.None)]
    [InlineData("seed", "empty.crl", RejectionReason.None)]
    [InlineData("from-ca2", "ca1.crl", RejectionReason.RevocationListMissing)]
    [InlineData("from-fake", "ca1.crl", RejectionReason.RevocationListMissing)]
    [InlineData("via-ica", "ca1.crl", RejectionReason.RevocationListMissing)]
    public void TryVerify_UsesTheListsOfTheVectors(string certificate, string list, RejectionReason expected)
    {
        byte[] anchors = [.. Read("ca1.pem"), .. Read("ca2.pem"), .. Read("ca1fake.pem")];
        TrustBundle bundle = TrustBundle.Parse(anchors, new()
        {
            TimeProvider = new FixedClock(new(2026, 11, 20, 0, 0, 0, TimeSpan.Zero)),
            RevocationLists = [Read(list + ".pem")],
        });

        bundle.VerifyChain(Read(certificate + ".der"), [Read("ica.der")]).Should().Be(expected);
    }

    private static byte[] Read(string name) => File.ReadAllBytes(SharedFiles.RequireVectors(Path.Combine("certs", name)));
}
