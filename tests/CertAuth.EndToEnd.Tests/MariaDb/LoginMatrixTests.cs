using CertAuth.EndToEnd.Tests.Support;

namespace CertAuth.EndToEnd.Tests.MariaDb;

/// <summary>Every kind of account with a matching certificate, another one and none: the client's output and the server's log.</summary>
[Collection(DocumentedSite.Collection)]
public sealed class LoginMatrixTests(DocumentedSite site)
{
    public static TheoryData<string> Ids => [.. LoginMatrix.Cases.Keys];

    [Theory, MemberData(nameof(Ids))]
    public async Task Login_IsDecidedAsInTheTable(string id)
    {
        DocumentedSite.SkipIfMissing();
        LoginCase login = LoginMatrix.Cases[id];
        string? certificate = login.Certificate == "none" ? null : login.Certificate;
        bool isEncrypted = login.Tls != "off";

        Attempt attempt = await site.LogInAsync(
            site.Server, login.Account, certificate, login.Tls, "select current_user(); show status like 'Ssl_version'");

        string version = isEncrypted ? $"\t{login.Tls}" : "";
        string expected = login.IsAccepted ? $"{login.Account}@%\nSsl_version{version}" : Attempt.AccessDenied(login.Account);
        attempt.Printed.Should().Be(expected);
        (attempt.Text("event"), attempt.Outcome).Should().Be(("login", login.Outcome));
        (attempt.Text("user"), attempt.Text("account")).Should().Be((login.Account, $"{login.Account}@%"));
        attempt.Tls("version").Should().Be(isEncrypted ? login.Tls.Replace("TLSv1.", "Tls1") : null);
        (attempt.Tls("certificate") is not null).Should().Be(certificate is not null);
    }

    [Fact]
    public async Task DocumentedCommands_PrintWhatTheDocumentationRequires()
    {
        DocumentedSite.SkipIfMissing();
        DocumentedCertificates documented = new(site.Shell);
        (await documented.ShowSubjectAsync("ca-cert.pem")).Should().Be(DocumentedCertificates.Issuer);
        (await documented.ShowSubjectAsync("client-cert.pem")).Should().Be(DocumentedCertificates.Subject);
        (await site.Shell.RunAsync("openssl verify -CAfile ca-cert.pem server-cert.pem client-cert.pem")).Should().Be(
            "server-cert.pem: OK\nclient-cert.pem: OK");
    }

    // The server rejects both before it looks up the account, so a client does not learn whether the account exists.
    [Theory]
    [InlineData("none")]
    [InlineData("ssl")]
    [InlineData("all13")]
    [InlineData("nosuch")]
    public async Task LoginWithoutTls_FailsWithError3159_WhenSecureTransportIsRequired(string account)
    {
        DocumentedSite.SkipIfMissing();
        Attempt attempt = await site.LogInAsync(site.Strict, account, null, "off", "select 1");
        attempt.Printed.Should().Be(
            "ERROR 3159 (HY000): Connections using insecure transport are prohibited while --require_secure_transport=ON.");
        attempt.Outcome.Should().Be("SecureTransportRequired");
    }

    // Secure transport requires TLS but no certificate.
    [Theory]
    [InlineData("none", null, "TLSv1.2", "accepted")]
    [InlineData("none", null, "TLSv1.3", "accepted")]
    [InlineData("x509", null, "TLSv1.3", "CertificateMissing")]
    [InlineData("all13", "service1", "TLSv1.3", "accepted")]
    public async Task LoginWithTls_IsDecidedByTheAccount_WhenSecureTransportIsRequired(
        string account, string? certificate, string tls, string outcome)
    {
        DocumentedSite.SkipIfMissing();
        Attempt attempt = await site.LogInAsync(site.Strict, account, certificate, tls, "select current_user()");
        attempt.Printed.Should().Be(outcome == "accepted" ? $"{account}@%" : Attempt.AccessDenied(account));
        attempt.Outcome.Should().Be(outcome);
    }
}
