using System.Net;
using System.Text;
using CertAuth.Requirements;
using CertAuth.Signing;
using CertAuth.Testing;

namespace CertAuth.MySqlServer.Setup;

/// <summary>Creates all files for server, proxy and clients in a folder. For demonstrations: the CA's key is not kept.</summary>
internal sealed class Initializer
{
    /// <summary>The SAN that identifies a proxy.</summary>
    internal const string ProxyUri = "spiffe://certauth.example/proxy";

    /// <summary>The requirement that the certificates of proxies meet.</summary>
    internal static readonly LoginRequirement ProxyRequirement = LoginRequirement.Parse($"REQUIRE SAN 'URI:{ProxyUri}'");

    // "certauth jwks new" names the file of a key after its kid: token-key.pem.
    private const string TokenKeyId = "token";
    private const SignatureAlgorithm TokenAlgorithm = SignatureAlgorithm.ES256;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const string Accounts = """
        -- The accounts. Statements can be pasted from the documentation of TiDB. The server reloads this file while it runs.
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
        _ca = TestCertificateAuthority.Create(CreateName("Example CA"));
    }

    /// <exception cref="IOException">The folder is not empty. Existing keys are not overwritten.</exception>
    internal void Run()
    {
        Directory.CreateDirectory(_folder.Path);
        if (Directory.EnumerateFileSystemEntries(_folder.Path).Any())
            throw new IOException($"The folder {_folder.Path} is not empty. Specify an empty or new folder.");

        Write(_folder.Ca, _ca.Pem);
        WritePair(_folder.ServerCertificate, _folder.ServerKey, IssueHost("server"));
        WritePair(_folder.ProxyCertificate, _folder.ProxyKey, IssueHost("proxy", TestSan.Uri(ProxyUri)));
        WritePair(_folder.SigningCertificate, _folder.SigningKey, _ca.IssueClient(CreateName("proxy signer")));
        WritePair(_folder.In("u1-cert.pem"), _folder.In("u1-key.pem"), _ca.IssueClient(CreateName("u1")));
        TestCertificate u2 = _ca.IssueClient(CreateName("u2"), TestSan.Uri("spiffe://certauth.example/u2"));
        WritePair(_folder.In("u2-cert.pem"), _folder.In("u2-key.pem"), u2);

        // A client certificate of an untrusted CA with the same name.
        TestCertificateAuthority stranger = TestCertificateAuthority.Create(CreateName("Example CA"));
        WritePair(_folder.In("stranger-cert.pem"), _folder.In("stranger-key.pem"), stranger.IssueClient(CreateName("u1")));

        TestTokenKey key = TestTokenKey.Create(TokenKeyId, TokenAlgorithm);
        Write(_folder.TokenKey, key.PrivateKeyPem);
        Write(_folder.KeySet, Encoding.UTF8.GetString(TestTokenKey.CreateJwkSet(key)));
        Write(_folder.Accounts, Accounts);
    }

    /// <summary>Signs a token for the account <c>tok</c>, as an identity provider would.</summary>
    /// <exception cref="IOException">The file of the key does not exist.</exception>
    internal static string MintToken(Folder folder, string user) => TestTokenKey
        .FromPem(TokenKeyId, File.ReadAllText(folder.TokenKey), TokenAlgorithm)
        .Mint(user, "tok@example.com", TimeProvider.System.GetUtcNow(), "issuer-abc");

    private TestCertificate IssueHost(string name, params ReadOnlySpan<TestSan> more) => _ca.Issue(new()
    {
        Subject = CreateName(name),
        Sans = [TestSan.Dns("localhost"), TestSan.Ip(IPAddress.Loopback), TestSan.Ip(IPAddress.IPv6Loopback), .. more],
        ExtendedKeyUsages = [TestCertificateRequest.ServerAuth, TestCertificateRequest.ClientAuth],
    });

    private static TestName CreateName(string commonName) => TestName.Of(("C", "NL"), ("O", "Example"), ("CN", commonName));

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
