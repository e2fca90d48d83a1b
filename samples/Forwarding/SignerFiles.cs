using CertAuth.Testing;

namespace Forwarding;

/// <summary>The files of the signing certificate: with its key on the proxy, without it on the server. They are deleted on
/// disposal.</summary>
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

    // A rename, so that every reload reads a complete file.
    private static void Replace(string file, string content)
    {
        File.WriteAllText($"{file}.new", content);
        File.Move($"{file}.new", file, overwrite: true);
    }
}
