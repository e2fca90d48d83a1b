using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using CertAuth.Testing;

namespace CertAuth.Handshakes;

/// <summary>The certificates of server, honest client and hostile clients, in a folder that the processes share. It is deleted on
/// disposal.</summary>
internal sealed class Material : IDisposable
{
    internal Material(int certificates)
    {
        Folder = Directory.CreateTempSubdirectory("certauth-handshakes-").FullName;
        TestCertificateAuthority ca = TestCertificateAuthority.Create(TestName.Of(("CN", "CA")));
        Write("ca.pem", ca.Pem);
        Write("server", ca.IssueServer("localhost"));
        Write("alice", ca.IssueClient(TestName.Of(("CN", "alice"))));
        (string key, string chain) = HostileChain.Create(certificates);
        Write("hostile.key", key);
        Write("hostile.pem", chain);
        HostileBytes = PemBytes(chain);
    }

    internal string Folder { get; }

    /// <summary>The total size of the hostile certificates, in bytes of DER.</summary>
    internal int HostileBytes { get; }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    internal static byte[] Read(string folder, string file) => File.ReadAllBytes(Path.Combine(folder, file));

    /// <summary>Loads a client's certificate with its key and the other certificates of its file, for many handshakes.</summary>
    internal static SslStreamCertificateContext LoadClient(string folder, string name)
    {
        X509Certificate2Collection all = [];
        all.ImportFromPem(Encoding.ASCII.GetString(Read(folder, $"{name}.pem")));
        using X509Certificate2 leaf = all[0];
        using ECDsa key = ECDsa.Create();
        key.ImportFromPem(Encoding.ASCII.GetString(Read(folder, $"{name}.key")));
        all.RemoveAt(0);
        return SslStreamCertificateContext.Create(leaf.CopyWithPrivateKey(key), all, offline: true);
    }

    private static int PemBytes(string pem)
    {
        X509Certificate2Collection all = [];
        all.ImportFromPem(pem);
        return all.Sum(certificate => certificate.RawDataMemory.Length);
    }

    private void Write(string name, TestCertificate certificate)
    {
        Write($"{name}.pem", certificate.Pem);
        Write($"{name}.key", certificate.PrivateKeyPem);
    }

    private void Write(string file, string content) => File.WriteAllText(Path.Combine(Folder, file), content);
}
