using System.Net;
using CertAuth.Testing;
using MySqlLogin.Setup;

namespace CertAuth.EndToEnd.Tests.Support;

/// <summary>The CA of a site, with its key at hand: writes what it issues over what the site began with, by a rename.</summary>
internal sealed class SiteAuthority(Folder folder, TestCertificateAuthority ca)
{
    /// <summary>The CA's name, as <c>REQUIRE ISSUER</c> has it.</summary>
    internal const string Name = "/C=NL/O=Example/CN=Example CA";

    internal TestCertificateAuthority Ca => ca;

    /// <summary>A new CA, and everything that server and proxy need of it.</summary>
    internal static SiteAuthority TakeOver(Folder folder)
    {
        SiteAuthority authority = new(folder, TestCertificateAuthority.Create(NameOf("Example CA")));
        Replace(folder.Ca, authority.Ca.Pem);
        authority.WriteServer();
        authority.WriteProxy();
        authority.WriteSigner(folder);
        return authority;
    }

    /// <summary>The next CA, of the same name.</summary>
    internal SiteAuthority Rotate() => new(folder, ca.Rotate());

    internal void WriteServer(DateTimeOffset? notAfter = null) => WritePair(folder.ServerCertificate, folder.ServerKey, IssueHost("server", notAfter));

    internal void WriteProxy(DateTimeOffset? notAfter = null) =>
        WritePair(folder.ProxyCertificate, folder.ProxyKey, IssueHost("proxy", notAfter, TestSan.Uri(Initializer.ProxyUri)));

    /// <summary>The pair that proxies sign with, in a folder that may be another.</summary>
    internal void WriteSigner(Folder where) => WritePair(where.SigningCertificate, where.SigningKey, ca.IssueClient(NameOf("proxy signer")));

    /// <summary>A client's pair, under the name of <paramref name="file"/>.</summary>
    internal void WriteClient(string file, string commonName, params TestSan[] sans) =>
        WriteClient(file, new TestCertificateRequest { Subject = NameOf(commonName), Sans = sans });

    internal void WriteClient(string file, TestCertificateRequest request) =>
        WritePair(folder.In($"{file}-cert.pem"), folder.In($"{file}-key.pem"), ca.Issue(request));

    internal static TestName NameOf(string commonName) => TestName.Of(("C", "NL"), ("O", "Example"), ("CN", commonName));

    /// <summary>Whoever reads meanwhile finds the old content or the new, whole.</summary>
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
