using CertAuth.Tool.Tests.Support;

namespace CertAuth.Tool.Tests.Authorities;

/// <summary>The certificates of <c>certauth ca</c>, verified with openssl and used for logins over TLS, for each key type.</summary>
public sealed class CaOpenSslTests : IDisposable
{
    private const string Clause = "SUBJECT '/C=US/O=Example/CN=alice' AND ISSUER '/C=US/O=Example/CN=ca'";

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("p256")]
    [InlineData("p384")]
    [InlineData("rsa2048")]
    [InlineData("rsa3072")]
    [InlineData("rsa4096")]
    public async Task Certificates_VerifyAndLogIn_ForEachKeyType(string key)
    {
        using OpenSsl openSsl = new();
        _folder.CreateCa("--key", key);
        _folder.IssueAlice("--key", key);
        _folder.Issue("server", "--subject", "/CN=db.example", "--san", $"DNS:{ToolLogin.Host}", "--key", key);

        string[] verify = ["verify", "-x509_strict", "-CAfile", _folder["ca-cert.pem"]];
        openSsl.Do([.. verify, "-purpose", "sslclient", _folder["alice-cert.pem"]]);
        openSsl.Do([.. verify, "-purpose", "sslserver", "-verify_hostname", ToolLogin.Host, _folder["server-cert.pem"]]);
        openSsl.Do("pkey", "-in", _folder["alice-key.pem"], "-check", "-noout");
        openSsl.Run("verify", "-purpose", "sslserver", "-CAfile", _folder["ca-cert.pem"], _folder["alice-cert.pem"]).ExitCode
            .Should().NotBe(0);
        (await ToolLogin.LogInAsync(_folder, "alice", "ca-cert.pem", "ca-cert.pem", Clause)).Should().Be(RejectionReason.None);
        (await ToolLogin.LogInAsync(_folder, "alice", "ca-cert.pem", "ca-cert.pem", "SUBJECT '/C=US/O=Example/CN=bob'"))
            .Should().Be(RejectionReason.SubjectMismatch);
    }

    [Fact]
    public async Task Certificate_VerifiesAndLogsIn_WhenAnIntermediateIssuedIt()
    {
        using OpenSsl openSsl = new();
        _folder.CreateCa();
        _folder.Issue("intermediate", "--subject", "/CN=users", "--name", "users", "--key", "p384");
        _folder.IssueAlice("--ca", "users");
        _folder.Issue("server", "--san", $"DNS:{ToolLogin.Host}");

        openSsl.Do(
            "verify", "-x509_strict", "-CAfile", _folder["ca-cert.pem"], "-untrusted", _folder["users-cert.pem"],
            _folder["alice-cert.pem"]);
        const string ClauseOfUsers = "SUBJECT '/C=US/O=Example/CN=alice' AND ISSUER '/CN=users'";
        (await ToolLogin.LogInAsync(_folder, "alice", "ca-cert.pem", "ca-cert.pem", ClauseOfUsers)).Should().Be(RejectionReason.None);
    }

    [Fact]
    public void Issue_NamesTheKeyOfTheCa_WhenOpenSslCreatedTheCa()
    {
        using OpenSsl openSsl = new();
        openSsl.Do(
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", "/C=US/O=Example/CN=ca",
            "-days", "100", "-keyout", _folder["ca-key.pem"], "-out", _folder["ca-cert.pem"]);
        _folder.IssueAlice("--days", "10");
        _folder.Rotate();
        _folder.Issue("client", "--subject", "/CN=bob", "--name", "bob");

        // OpenSSL creates key identifiers with SHA-1, CertAuth does not. Each certificate must select the right one of the two CAs.
        openSsl.Do("verify", "-CAfile", _folder["ca-bundle.pem"], _folder["alice-cert.pem"], _folder["bob-cert.pem"]);
        string authority = GetKeyIdentifier(
            openSsl.Run("x509", "-in", _folder["alice-cert.pem"], "-noout", "-ext", "authorityKeyIdentifier").Output);
        authority.Should().Be(
            GetKeyIdentifier(openSsl.Run("x509", "-in", _folder["ca-old-1-cert.pem"], "-noout", "-ext", "subjectKeyIdentifier").Output));
    }

    private static string GetKeyIdentifier(string extension) =>
        extension.TrimEnd().Split('\n')[^1].Trim().Replace("keyid:", "", StringComparison.Ordinal);
}
