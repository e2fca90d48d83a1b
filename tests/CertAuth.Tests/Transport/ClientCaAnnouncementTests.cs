using System.Security.Cryptography.X509Certificates;
using System.Text;
using CertAuth.Testing;
using CertAuth.Tls;
using CertAuth.Transport;
using CertAuth.Trust;
using FluentAssertions;

namespace CertAuth.Tests.Transport;

/// <summary>The attack: a bundle that loads, and whose names bring down every handshake.</summary>
public sealed class ClientCaAnnouncementTests
{
    private static readonly TestCertificateAuthority s_ca = TestCertificateAuthority.Create(TestName.Of(("CN", "ca")));

    [Theory]
    [InlineData("30043102 3000")]
    [InlineData("3003020105")]
    public void Create_OmitsACaWhoseNameDotNetRejects(string subject)
    {
        TestCertificateAuthority odd = TestCertificateAuthority.Create(
            TestName.FromDer(Convert.FromHexString(subject.Replace(" ", "", StringComparison.Ordinal))));
        using X509Certificate2 certificate = s_ca.IssueServer("localhost").ToX509Certificate2();
        ServerCertificate server = ServerCertificate.Create(certificate);

        ClientCaAnnouncement.Create(server, Bundle(odd.Certificate)).Context.Should().BeSameAs(server.Context);
        ClientCaAnnouncement.Create(server, Bundle(odd.Certificate, s_ca.Certificate)).Context.Should().NotBeSameAs(server.Context);
    }

    [Fact]
    public void Create_AnnouncesNothingOverTheLimit()
    {
        TestKey key = TestKey.Create();
        TestCertificate[] many =
        [
            .. Enumerable.Range(0, 40).Select(i =>
                TestCertificateAuthority.Create(TestName.Of(("O", new string('x', 1000)), ("CN", $"{i}")), new() { Key = key }).Certificate),
        ];
        using X509Certificate2 certificate = s_ca.IssueServer("localhost").ToX509Certificate2();
        ServerCertificate server = ServerCertificate.Create(certificate);

        ClientCaAnnouncement.Create(server, Bundle(many)).Context.Should().BeSameAs(server.Context);
        ClientCaAnnouncement.Create(server, Bundle(many[..20])).Context.Should().NotBeSameAs(server.Context);
    }

    [Fact]
    public void Create_AnnouncesNoPinnedLeaf()
    {
        using X509Certificate2 certificate = s_ca.IssueServer("localhost").ToX509Certificate2();
        ServerCertificate server = ServerCertificate.Create(certificate);

        ClientCaAnnouncement.Create(server, Bundle(s_ca.IssueClient(TestName.Of(("CN", "alice"))))).Context.Should().BeSameAs(server.Context);
    }

    private static TrustBundle Bundle(params TestCertificate[] certificates) =>
        TrustBundle.Parse(Encoding.ASCII.GetBytes(string.Concat(certificates.Select(c => c.Pem))));
}
