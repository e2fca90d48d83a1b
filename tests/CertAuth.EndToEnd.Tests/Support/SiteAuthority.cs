using System.Net;
using CertAuth.MySqlServer.Setup;

namespace CertAuth.EndToEnd.Tests.Support;

/// <summary>A CA for a site. Its files replace those of the site by renames.</summary>
internal sealed class SiteAuthority(Folder folder, TestCertificateAuthority ca)
{
    /// <summary>The CA's name, as in <c>REQUIRE ISSUER</c>.</summary>
    internal const string Name = "/C=NL/O=Example/CN=Example CA";

    internal TestCertificateAuthority Ca => ca;

    /// <summary>Creates a CA and replaces all certificates that server and proxy need.</summary>
    internal static SiteAuthority Install(Folder folder)
    {
        SiteAuthority authority = new(folder, TestCertificateAuthority.Create(NameOf("Example CA")));
        Replace(folder.Ca, authority.Ca.Pem);
        authority.WriteServer();
        authority.WriteProxy();
        authority.WriteSigner(folder);
        return authority;
    }

    /// <summary>Returns the next CA with the same name.</summary>
    internal SiteAuthority Rotate() => new(folder, ca.Rotate());

    internal void WriteServer(DateTimeOffset? notAfter = null) =>
        WritePair(folder.ServerCertificate, folder.ServerKey, IssueHost("server", notAfter));

    internal void WriteProxy(DateTimeOffset? notAfter = null) =>
        WritePair(folder.ProxyCertificate, folder.ProxyKey, IssueHost("proxy", notAfter, TestSan.Uri(Initializer.ProxyUri)));

    /// <summary>Writes the signing pair of the proxies to a folder.</summary>
    internal void WriteSigner(Folder where) =>
        WritePair(where.SigningCertificate, where.SigningKey, ca.IssueClient(NameOf("proxy signer")));

    /// <summary>Writes a client's pair with the name <paramref name="file"/>.</summary>
    internal void WriteClient(string file, string commonName, params TestSan[] sans) =>
        WriteClient(file, new TestCertificateRequest { Subject = NameOf(commonName), Sans = sans });

    internal void WriteClient(string file, TestCertificateRequest request) =>
        WritePair(folder.In($"{file}-cert.pem"), folder.In($"{file}-key.pem"), ca.Issue(request));

    internal static TestName NameOf(string commonName) => TestName.Of(("C", "NL"), ("O", "Example"), ("CN", commonName));

    /// <summary>Replaces a file atomically, so that a concurrent reader gets either the complete old or the complete new content.</summary>
    internal static void Replace(string file, string content)
    {
        File.WriteAllText($"{file}.new", content);
        File.Move($"{file}.new", file, overwrite: true);
    }

    private TestCertificate IssueHost(string commonName, DateTimeOffset? notAfter, params TestSan[] more) => ca.Issue(new()
    {
        Subject = NameOf(commonName),
        Sans = [TestSan.Dns("localhost"), TestSan.Ip(IPAddress.Loopback), .. more],
        ExtendedKeyUsages = [TestCertificateRequest.ServerAuth, TestCertificateRequest.ClientAuth],
        NotAfter = notAfter,
    });

    private static void WritePair(string certificateFile, string keyFile, TestCertificate certificate)
    {
        Replace(certificateFile, certificate.PemWithChain);
        Replace(keyFile, certificate.PrivateKeyPem);
    }
}
