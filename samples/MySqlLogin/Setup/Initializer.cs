using System.Net;
using System.Text;
using CertAuth.Signing;
using CertAuth.Testing;

namespace MySqlLogin.Setup;

/// <summary>Makes everything that server, proxy and clients need, in a folder. For trying out: the CA's key is forgotten.</summary>
internal sealed class Initializer
{
    /// <summary>What the server tells a proxy by.</summary>
    internal const string ProxyUri = "spiffe://certauth.example/proxy";

    // "certauth jwks new" names the file of a key after its kid: token-key.pem.
    private const string TokenKeyId = "token";
    private const SignatureAlgorithm TokenAlgorithm = SignatureAlgorithm.ES256;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const string Accounts = """
        -- Who may log in. Statements may be pasted from the documentation of TiDB; the server looks at this file again while it runs.
        CREATE USER 'u1'@'%' REQUIRE SUBJECT '/C=NL/O=Example/CN=u1' ISSUER '/C=NL/O=Example/CN=Example CA';
        CREATE USER 'u2'@'%' REQUIRE SAN 'URI:spiffe://certauth.example/u2';
        CREATE USER 'x509'@'%' REQUIRE X509;
        CREATE USER 'ssl'@'%' REQUIRE SSL;
        CREATE USER 'anybody'@'127.0.0.1';
        CREATE USER 'tok'@'%' IDENTIFIED WITH 'tidb_auth_token' REQUIRE TOKEN_ISSUER 'issuer-abc' ATTRIBUTE '{"email": "tok@example.com"}';

        """;

    private readonly Folder _folder;
    private readonly TestCertificateAuthority _ca;

    internal Initializer(Folder folder)
    {
        _folder = folder;
        _ca = TestCertificateAuthority.Create(TestName.Of(("C", "NL"), ("O", "Example"), ("CN", "Example CA")));
    }

    /// <exception cref="IOException">The folder holds something already: keys are not overwritten.</exception>
    internal void Run()
    {
        Directory.CreateDirectory(_folder.Path);
        if (Directory.EnumerateFileSystemEntries(_folder.Path).Any())
            throw new IOException($"The folder is not empty: {_folder.Path}");

        Write(_folder.Ca, _ca.Pem);
        WritePair(_folder.ServerCertificate, _folder.ServerKey, IssueHost("server"));
        WritePair(_folder.ProxyCertificate, _folder.ProxyKey, IssueHost("proxy", TestSan.Uri(ProxyUri)));
        WritePair(_folder.SigningCertificate, _folder.SigningKey, _ca.IssueClient(NameOf("proxy signer")));
        WritePair(_folder.In("u1-cert.pem"), _folder.In("u1-key.pem"), _ca.IssueClient(NameOf("u1")));
        WritePair(_folder.In("u2-cert.pem"), _folder.In("u2-key.pem"), _ca.IssueClient(NameOf("u2"), TestSan.Uri("spiffe://certauth.example/u2")));

        // A client of a CA of the same name: trusted by nobody.
        TestCertificateAuthority stranger = TestCertificateAuthority.Create(TestName.Of(("C", "NL"), ("O", "Example"), ("CN", "Example CA")));
        WritePair(_folder.In("stranger-cert.pem"), _folder.In("stranger-key.pem"), stranger.IssueClient(NameOf("u1")));

        TestTokenKey key = TestTokenKey.Create(TokenKeyId, TokenAlgorithm);
        Write(_folder.TokenKey, key.PrivateKeyPem);
        Write(_folder.KeySet, Encoding.UTF8.GetString(TestTokenKey.CreateJwkSet(key)));
        Write(_folder.Accounts, Accounts);
    }

    /// <summary>The key that signs tokens, as an identity provider's does.</summary>
    /// <exception cref="IOException">There is none.</exception>
    internal static TestTokenKey LoadTokenKey(Folder folder) => TestTokenKey.FromPem(TokenKeyId, File.ReadAllText(folder.TokenKey), TokenAlgorithm);

    private TestCertificate IssueHost(string name, params ReadOnlySpan<TestSan> more) => _ca.Issue(new()
    {
        Subject = NameOf(name),
        Sans = [TestSan.Dns("localhost"), TestSan.Ip(IPAddress.Loopback), TestSan.Ip(IPAddress.IPv6Loopback), .. more],
        ExtendedKeyUsages = [TestCertificateRequest.ServerAuth, TestCertificateRequest.ClientAuth],
    });

    private static TestName NameOf(string commonName) => TestName.Of(("C", "NL"), ("O", "Example"), ("CN", commonName));

    private static void WritePair(string certificateFile, string keyFile, TestCertificate certificate)
    {
        Write(certificateFile, certificate.PemWithChain);
        Write(keyFile, certificate.PrivateKeyPem);
    }

    private static void Write(string file, string content)
    {
        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerOnly;
        using StreamWriter writer = new(file, options);
        writer.Write(content);
    }
}
