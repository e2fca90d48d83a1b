using System.Security.Cryptography.X509Certificates;
using System.Text;
using CertAuth.Tls;
using CertAuth.Transport;
using CertAuth.Trust;

namespace CertAuth.Tests.Transport;

/// <summary>The attack: a bundle that can be loaded, but with names that make every handshake fail.</summary>
public sealed class ClientCaAnnouncementTests
{
    private static readonly TestCertificateAuthority s_ca = TestCertificateAuthority.Create(TestName.Of(("CN", "ca")));

    [Theory]
    [InlineData("30043102 3000")]
    [InlineData("3003020105")]
    public void Create_OmitsACa_WhenDotNetRejectsItsName(string subject)
    {
        TestCertificateAuthority malformed = TestCertificateAuthority.Create(
            TestName.FromDer(Convert.FromHexString(subject.Replace(" ", "", StringComparison.Ordinal))));
        using X509Certificate2 certificate = s_ca.IssueServer("localhost").ToX509Certificate2();
        ServerCertificate server = ServerCertificate.Create(certificate);

        ClientCaAnnouncement.Create(server, Bundle(malformed.Certificate)).Context.Should().BeSameAs(server.Context);
        ClientCaAnnouncement.Create(server, Bundle(malformed.Certificate, s_ca.Certificate)).Context.Should().NotBeSameAs(server.Context);
    }

    [Fact]
    public void Create_SendsNoNames_WhenTheyExceedTheLimit()
    {
        TestKey key = TestKey.Create();
        TestCertificate[] many =
        [
            .. Enumerable.Range(0, 40).Select(i => TestName.Of(("O", new string('x', 1000)), ("CN", $"{i}")))
                .Select(name => TestCertificateAuthority.Create(name, new() { Key = key }).Certificate),
        ];
        using X509Certificate2 certificate = s_ca.IssueServer("localhost").ToX509Certificate2();
        ServerCertificate server = ServerCertificate.Create(certificate);

        ClientCaAnnouncement.Create(server, Bundle(many)).Context.Should().BeSameAs(server.Context);
        ClientCaAnnouncement.Create(server, Bundle(many[..20])).Context.Should().NotBeSameAs(server.Context);
    }

    [Fact]
    public void Create_OmitsAPinnedLeaf()
    {
        using X509Certificate2 certificate = s_ca.IssueServer("localhost").ToX509Certificate2();
        ServerCertificate server = ServerCertificate.Create(certificate);

        TestCertificate leaf = s_ca.IssueClient(TestName.Of(("CN", "alice")));

        ClientCaAnnouncement.Create(server, Bundle(leaf)).Context.Should().BeSameAs(server.Context);
    }

    private static TrustBundle Bundle(params TestCertificate[] certificates) =>
        TrustBundle.Parse(Encoding.ASCII.GetBytes(string.Concat(certificates.Select(c => c.Pem))));
}
