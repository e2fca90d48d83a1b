namespace CertAuth.MySqlServer.Setup;

/// <summary>The files of one installation, named as <c>certauth ca</c> and <c>certauth jwks</c> name them.</summary>
internal sealed class Folder(string path)
{
    internal string Path { get; } = System.IO.Path.GetFullPath(path);

    /// <summary>The CAs of clients and servers; during a rotation, the old and the new one.</summary>
    internal string Ca => In("ca-bundle.pem");

    internal string ServerCertificate => In("server-cert.pem");

    internal string ServerKey => In("server-key.pem");

    /// <summary>The proxy's certificate, both as a server for clients and as a client of the server.</summary>
    internal string ProxyCertificate => In("proxy-cert.pem");

    internal string ProxyKey => In("proxy-key.pem");

    internal string SigningCertificate => In("signing-cert.pem");

    internal string SigningKey => In("signing-key.pem");

    internal string KeySet => In("jwks.json");

    internal string TokenKey => In("token-key.pem");

    internal string Accounts => In("accounts.sql");

    internal string In(string name) => System.IO.Path.Combine(Path, name);
}
