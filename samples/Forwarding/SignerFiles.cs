using CertAuth.Testing;

namespace Forwarding;

/// <summary>The files of the signing key: the pair on the proxy, the certificate alone on the server. Deleted with the sample.</summary>
internal sealed class SignerFiles : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("certauth-forwarding-").FullName;

    internal string ProxyCertificate => Path.Combine(_folder, "proxy-signer.pem");

    internal string ProxyKey => Path.Combine(_folder, "proxy-signer.key");

    internal string ServerCertificate => Path.Combine(_folder, "server-signer.pem");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    internal void PutOnProxy(TestCertificate signer)
    {
        Replace(ProxyCertificate, signer.Pem);
        Replace(ProxyKey, signer.PrivateKeyPem);
    }

    internal void PutOnServer(TestCertificate signer) => Replace(ServerCertificate, signer.Pem);

    // By a rename, so that every look finds a whole file.
    private static void Replace(string file, string content)
    {
        File.WriteAllText($"{file}.new", content);
        File.Move($"{file}.new", file, overwrite: true);
    }
}
