using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using CertAuth.EndToEnd.Tests.Support;

namespace CertAuth.EndToEnd.Tests.Forwarded;

/// <summary>Logins of the real client, directly and through the proxy: the client receives the same answer, and the log has the same
/// reason.</summary>
public sealed class DirectAndForwardedTests(DirectAndForwardedSite setup) : IClassFixture<DirectAndForwardedSite>
{
    private const string Tls12 = "--tls-version=TLSv1.2";
    private const string Accepted = "", NoCertificate = "", NoTls = "-";

    // Account, certificate, additional option, reason; the reason is empty if the login is accepted.
    [Theory]
    [InlineData("none", NoTls, "", Accepted)]
    [InlineData("none", NoCertificate, "", Accepted)]
    [InlineData("none", "c1", "", Accepted)]
    [InlineData("none", "c1", "-pwrong", "CustomRejected")]
    [InlineData("tls", NoTls, "", "InsecureTransport")]
    [InlineData("tls", NoCertificate, "", Accepted)]
    [InlineData("tls", "c1", Tls12, Accepted)]
    [InlineData("tls", "c1", "-pwrong", "CustomRejected")]
    [InlineData("x509", NoTls, "", "InsecureTransport")]
    [InlineData("x509", NoCertificate, "", "CertificateMissing")]
    [InlineData("x509", "c1", "", Accepted)]
    [InlineData("x509", "c3", Tls12, Accepted)]
    [InlineData("sub", NoTls, "", "InsecureTransport")]
    [InlineData("sub", NoCertificate, "", "CertificateMissing")]
    [InlineData("sub", "c1", "", Accepted)]
    [InlineData("sub", "c4", Tls12, Accepted)]
    [InlineData("sub", "c2", "", "SubjectMismatch")]
    [InlineData("iss", NoCertificate, "", "CertificateMissing")]
    [InlineData("iss", "c2", "", Accepted)]
    [InlineData("other_iss", "c1", "", "IssuerMismatch")]
    [InlineData("san", NoCertificate, "", "CertificateMissing")]
    [InlineData("san", "c1", "", "SanMismatch")]
    [InlineData("san", "c2", "", Accepted)]
    [InlineData("san", "c2", Tls12, Accepted)]
    [InlineData("san", "c3", "", "SanMismatch")]
    [InlineData("san", "c4", "", "SanMismatch")]
    [InlineData("ip", "c4", "", Accepted)]
    [InlineData("ip", "c2", "", "SanMismatch")]
    [InlineData("cip", NoCertificate, "", "CertificateMissing")]
    [InlineData("cip", "c1", "", Accepted)]
    [InlineData("cip", "c1", Tls12, "CipherMismatch")]
    [InlineData("all4", "c2", "", Accepted)]
    [InlineData("all4", "c2", Tls12, "CipherMismatch")]
    [InlineData("all4", "c3", "", "SubjectMismatch")]
    [InlineData("all4", NoCertificate, "", "CertificateMissing")]
    [InlineData("tok", "c1", "valid token", Accepted)]
    [InlineData("tok", NoCertificate, "valid token", Accepted)]
    [InlineData("tok", NoCertificate, "token of another user", "TokenSubjectMismatch")]
    [InlineData("tok", "c1", "", "TokenMalformed")]
    [InlineData("nosuch", "c1", "", "AccountUnknown")]
    [InlineData("nosuch", NoCertificate, "", "AccountUnknown")]
    public async Task DirectAndForwarded_AgreeOnEachLogin(string account, string certificate, string option, string reason)
    {
        MariaDbClient.SkipIfMissing();
        Verdict direct = await LogInAsync(setup.Strict.Server.Address, account, certificate, option);
        Verdict proxied = await LogInAsync(setup.Strict.Proxy.Address, account, certificate, option);
        direct.Reason.Should().Be(reason);
        direct.Printed.StartsWith($"{account}@%", StringComparison.Ordinal).Should().Be(reason.Length == 0);

        // The forwarded fact that a client had no TLS is indistinguishable from missing facts, so the log has no checks.
        proxied.Should().Be(certificate == NoTls ? direct with { Checks = "" } : direct);
    }

    [Theory]
    [InlineData("none", "CertificateBadSignature")]
    [InlineData("sub", "CertificateBadSignature")]
    public async Task UntrustedClient_FailsBothHandshakes(string account, string reason)
    {
        MariaDbClient.SkipIfMissing();
        Verdict direct = await LogInAsync(setup.Strict.Server.Address, account, "stranger", "");
        Verdict proxied = await LogInAsync(setup.Strict.Proxy.Address, account, "stranger", "");
        direct.Reason.Should().Be(reason);
        direct.Printed.Should().StartWith("ERROR 2026 (HY000)");
        proxied.Printed.Should().StartWith("ERROR 2026 (HY000)");
        (proxied with { Printed = "" }).Should().Be(direct with { Printed = "" });
    }

    [Theory]
    [InlineData("none", Accepted)]
    [InlineData("x509", "CertificateMissing")]
    [InlineData("sub", "CertificateMissing")]
    public async Task UntrustedClient_GetsTheSameError_WhenTheHandshakeContinues(string account, string reason)
    {
        MariaDbClient.SkipIfMissing();
        Verdict direct = await LogInAsync(setup.Lenient.Server.Address, account, "stranger", "");
        Verdict proxied = await LogInAsync(setup.Lenient.Proxy.Address, account, "stranger", "");
        direct.Reason.Should().Be(reason);
        (proxied.Printed, proxied.Reason, proxied.Required).Should().Be((direct.Printed, direct.Reason, direct.Required));

        // The server receives no certificate. Only the proxy's log contains the reason.
        proxied.Presented.Should().Be("");
        await Eventually.HoldsAsync(() => Rejected().Any(), "the proxy's log contains the rejection of the certificate");
        if (reason.Length > 0)
            $"a rejected certificate: {Rejected().Last()}".Should().Be(direct.Presented);

        IEnumerable<string> Rejected() => setup.Site.Log
            .Where(line => line.Contains("\"event\":\"forward\"", StringComparison.Ordinal))
            .Where(line => line.Contains("certificate_rejection", StringComparison.Ordinal))
            .Select(line => JsonNode.Parse(line)!["certificate_rejection"]!.GetValue<string>());
    }

    // The proxy itself rejects the login, because the client would send the token without TLS.
    [Fact]
    public async Task TokenWithoutTls_IsRejected_DirectlyAndThroughTheProxy()
    {
        MariaDbClient.SkipIfMissing();
        string password = $"-p{setup.Site.MintToken("tok")}";
        Verdict direct = await LogInAsync(setup.Strict.Server.Address, "tok", NoTls, "valid token");
        direct.Reason.Should().Be("TokenWithoutTls");
        (await setup.Site.Client(setup.Strict.Proxy.Address).RunWithoutTlsAsync("tok", "select 1", password)).Should().Be(direct.Printed);
        setup.Site.Log.Should().Contain(
            line => line.Contains("\"event\":\"forward\"", StringComparison.Ordinal)
                && line.Contains("\"A login by token requires TLS ", StringComparison.Ordinal));
    }

    private async Task<Verdict> LogInAsync(IPEndPoint address, string account, string certificate, string option)
    {
        const string Statement = "select current_user()";
        string[] more = option switch
        {
            "" => [],
            "valid token" => [$"-p{setup.Site.MintToken(account)}"],
            "token of another user" => [$"-p{setup.Site.MintToken("another")}"],
            _ => [option],
        };
        int before = Decisions().Length;
        MariaDbClient client = setup.Site.Client(address);
        string printed = certificate == NoTls
            ? await client.RunWithoutTlsAsync(account, Statement, more)
            : await client.RunAsync(account, certificate.Length == 0 ? null : certificate, Statement, more);
        await Eventually.HoldsAsync(() => Decisions().Length > before, "a decision in the log");
        using JsonDocument line = JsonDocument.Parse(Assert.Single(Decisions()[before..]));
        return new(printed, Get("reason"), Get("required"), Get("presented"), Get("difference"), Get("checks"));

        string Get(string name) => line.RootElement.TryGetProperty(name, out JsonElement value) ? value.ToString() : "";
    }

    // The server's decisions. For a failed handshake, the decision is that of the program that terminates the client's TLS.
    private string[] Decisions() =>
    [
        .. setup.Site.Log.Where(line =>
            line.Contains("\"event\":\"login\"", StringComparison.Ordinal)
            || line.Contains("\"event\":\"handshake\"", StringComparison.Ordinal)),
    ];

    private sealed record Verdict(string Printed, string Reason, string Required, string Presented, string Difference, string Checks);
}
