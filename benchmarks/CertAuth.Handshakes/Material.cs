namespace CertAuth.Handshakes;

/// <summary>The certificates of server, honest client and hostile clients, in a folder that the processes share.</summary>
internal sealed class Material : IDisposable
{
    private readonly TempFolder _folder = new("handshakes");

    internal Material(int certificates)
    {
        TestCertificateAuthority ca = TestCertificateAuthority.Create(TestName.Of(("CN", "CA")));
        TestCertificate hostile = HostileChain.Create(certificates);
        HostileBytes = hostile.Der.Length + hostile.Chain.Sum(der => der.Length);
        _folder.Write("ca.pem", ca.Pem);
        Write("server", ca.IssueServer("localhost"));
        Write("alice", ca.IssueClient(TestName.Of(("CN", "alice"))));
        Write("hostile", hostile);
    }

    internal string Folder => _folder.Path;

    /// <summary>The total size of the hostile certificates, in bytes of DER.</summary>
    internal int HostileBytes { get; }

    public void Dispose() => _folder.Dispose();

    internal static byte[] Read(string folder, string file) => File.ReadAllBytes(Path.Combine(folder, file));

    /// <summary>Loads the TLS options of a client with a certificate, its key and the other certificates of its file, for many
    /// handshakes.</summary>
    internal static SslClientAuthenticationOptions LoadClient(string folder, string name, SslProtocols version)
    {
        string pem = Path.Combine(folder, $"{name}.pem");
        X509Certificate2Collection chain = [];
        chain.ImportFromPemFile(pem);
        chain.RemoveAt(0);
        X509Certificate2 leaf = X509Certificate2.CreateFromPemFile(pem, Path.Combine(folder, $"{name}.key"));
        return new()
        {
            TargetHost = "localhost",
            EnabledSslProtocols = version,
            ClientCertificateContext = SslStreamCertificateContext.Create(leaf, chain, offline: true),
            AllowTlsResume = false,

            // The measurement does not depend on the server's certificate.
            RemoteCertificateValidationCallback = (_, presented, _, _) => presented is not null,
        };
    }

    private void Write(string name, TestCertificate certificate)
    {
        _folder.Write($"{name}.pem", certificate.PemWithChain);
        _folder.Write($"{name}.key", certificate.PrivateKeyPem);
    }
}
