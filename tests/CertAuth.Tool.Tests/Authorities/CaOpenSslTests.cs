using CertAuth.Tests.Support;
using CertAuth.Tests.Testing;
using CertAuth.Tool.Tests.Support;
using FluentAssertions;

namespace CertAuth.Tool.Tests.Authorities;

/// <summary>What <c>certauth ca</c> makes, before the real openssl and in real logins, for each kind of key.</summary>
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
    public async Task EachKindOfKey_VerifiesAndLogsIn(string key)
    {
        using OpenSsl openSsl = new();
        _folder.NewCa("--key", key);
        _folder.IssueAlice("--key", key);
        _folder.Issue("server", "--subject", "/CN=db.example", "--san", $"DNS:{ToolLogin.Host}", "--key", key);

        openSsl.Do("verify", "-x509_strict", "-purpose", "sslclient", "-CAfile", _folder["ca-cert.pem"], _folder["alice-cert.pem"]);
        openSsl.Do("verify", "-x509_strict", "-purpose", "sslserver", "-verify_hostname", ToolLogin.Host, "-CAfile", _folder["ca-cert.pem"], _folder["server-cert.pem"]);
        openSsl.Do("pkey", "-in", _folder["alice-key.pem"], "-check", "-noout");
        openSsl.Run("verify", "-purpose", "sslserver", "-CAfile", _folder["ca-cert.pem"], _folder["alice-cert.pem"]).ExitCode
            .Should().NotBe(0);
        (await ToolLogin.LogInAsync(_folder, "alice", "ca-cert.pem", "ca-cert.pem", Clause)).Should().Be(RejectionReason.None);
        (await ToolLogin.LogInAsync(_folder, "alice", "ca-cert.pem", "ca-cert.pem", "SUBJECT '/C=US/O=Example/CN=bob'"))
            .Should().Be(RejectionReason.SubjectMismatch);
    }

    [Fact]
    public async Task Intermediate_VerifiesAndLogsIn()
    {
        using OpenSsl openSsl = new();
        _folder.NewCa();
        _folder.Issue("intermediate", "--subject", "/CN=users", "--name", "users", "--key", "p384");
        _folder.IssueAlice("--ca", "users");
        _folder.Issue("server", "--san", $"DNS:{ToolLogin.Host}");

        openSsl.Do("verify", "-x509_strict", "-CAfile", _folder["ca-cert.pem"], "-untrusted", _folder["users-cert.pem"], _folder["alice-cert.pem"]);
        (await ToolLogin.LogInAsync(_folder, "alice", "ca-cert.pem", "ca-cert.pem", "SUBJECT '/C=US/O=Example/CN=alice' AND ISSUER '/CN=users'")).Should().Be(RejectionReason.None);
    }

    [Fact]
    public void CaMadeByOpenSsl_IssuesAndNamesItsKey()
    {
        using OpenSsl openSsl = new();
        openSsl.Do(
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", "/C=US/O=Example/CN=ca", "-days", "100",
            "-keyout", _folder["ca-key.pem"], "-out", _folder["ca-cert.pem"]);
        _folder.IssueAlice("--days", "10");
        _folder.Rotate();
        _folder.Issue("client", "--subject", "/CN=bob", "--name", "bob");

        // The old CA's key identifier is SHA-1, as OpenSSL makes them, and not ours; each finds the right CA of the two.
        openSsl.Do("verify", "-CAfile", _folder["ca-bundle.pem"], _folder["alice-cert.pem"], _folder["bob-cert.pem"]);
        string authority = KeyIdentifier(openSsl.Run("x509", "-in", _folder["alice-cert.pem"], "-noout", "-ext", "authorityKeyIdentifier").Output);
        authority.Should().Be(
            KeyIdentifier(openSsl.Run("x509", "-in", _folder["ca-old-1-cert.pem"], "-noout", "-ext", "subjectKeyIdentifier").Output));
    }

    private static string KeyIdentifier(string extension) => extension.TrimEnd().Split('\n')[^1].Trim().Replace("keyid:", "", StringComparison.Ordinal);
}
